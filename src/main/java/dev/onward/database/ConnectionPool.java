package dev.onward.database;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration.ConnectionValidator;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.exceptionsorter.PostgreSQLExceptionSorter;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.postgresql.Driver;

/** Opens the pool that all features share, and that of the lease, which waits for nobody. */
final class ConnectionPool {

    /** Work that finds no free connection for so long is told that the database is unavailable. */
    private static final Duration ACQUISITION_TIMEOUT = Duration.ofSeconds(5);

    /** A lease that is not renewed within moments is over, so no renewal may last longer. */
    private static final Duration LONGEST_OF_LEASE = Duration.ofSeconds(1);

    /** A connection that rested longer is tried before it is given out: the server may have restarted. */
    private static final Duration TRUSTED_IDLE = Duration.ofSeconds(1);

    /** Longer than any statement may take, so that only a dead or frozen server runs into it. */
    private static final int SOCKET_TIMEOUT_SECONDS = 40;

    private static final int VALIDATION_SECONDS = 2;

    /** Ends what would hold a lock or a connection for ever: a slow statement, a long wait, a forgotten transaction. */
    private static final String SESSION_LIMITS =
            "SET statement_timeout = '30s'; SET lock_timeout = '10s'; SET idle_in_transaction_session_timeout = '60s'";

    /**
     * How a pool differs from others.
     *
     * @param acquisition how long to wait for a connection
     * @param socketSeconds how long to wait for the server
     * @param session SQL for each connection
     */
    private record Terms(int maxSize, Duration acquisition, int socketSeconds, String session) {}

    private ConnectionPool() {}

    /** Opens the pool; its connections are made when they are needed. */
    static AgroalDataSource open(ServerLocation location, int maxSize) throws SQLException {
        return open(location, new Terms(maxSize, ACQUISITION_TIMEOUT, SOCKET_TIMEOUT_SECONDS, SESSION_LIMITS));
    }

    /** Opens the pool of the lease, of one connection: what a crash of the server forgets of a lease is renewed soon. */
    static AgroalDataSource ofLease(ServerLocation location) throws SQLException {
        String session = SESSION_LIMITS + "; SET synchronous_commit = off";
        return open(location, new Terms(1, LONGEST_OF_LEASE, (int) LONGEST_OF_LEASE.toSeconds(), session));
    }

    private static AgroalDataSource open(ServerLocation location, Terms terms) throws SQLException {
        AgroalDataSourceConfigurationSupplier supplier = new AgroalDataSourceConfigurationSupplier();
        supplier.connectionPoolConfiguration(pool -> pool.maxSize(terms.maxSize())
                .minSize(0)
                .initialSize(1)
                .acquisitionTimeout(terms.acquisition())
                .idleValidationTimeout(TRUSTED_IDLE)
                .reapTimeout(Duration.ofMinutes(5))
                .maxLifetime(Duration.ofMinutes(30))
                .connectionValidator(ConnectionValidator.defaultValidatorWithTimeout(
                        Math.min(VALIDATION_SECONDS, terms.socketSeconds())))
                .exceptionSorter(new PostgreSQLExceptionSorter())
                .connectionFactoryConfiguration(factory -> {
                    factory.connectionProviderClass(Driver.class)
                            .jdbcUrl(location.url())
                            .initialSql(terms.session())
                            .jdbcProperty("socketTimeout", Integer.toString(terms.socketSeconds()));
                    for (Map.Entry<String, String> property : Connections.PROPERTIES.entrySet()) {
                        factory.jdbcProperty(property.getKey(), property.getValue());
                    }
                    location.username().ifPresent(username -> factory.principal(new NamePrincipal(username)));
                    location.password().ifPresent(password -> factory.credential(new SimplePassword(password)));
                    return factory;
                }));
        return AgroalDataSource.from(supplier);
    }
}
