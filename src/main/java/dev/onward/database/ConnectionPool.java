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

/** Opens the pool that all features share. */
final class ConnectionPool {

    /** Work that finds no free connection for so long is told that the database is unavailable. */
    private static final Duration ACQUISITION_TIMEOUT = Duration.ofSeconds(5);

    /** A connection that rested longer is tried before it is given out: the server may have restarted. */
    private static final Duration TRUSTED_IDLE = Duration.ofSeconds(1);

    /** Longer than any statement may take, so that only a dead or frozen server runs into it. */
    private static final int SOCKET_TIMEOUT_SECONDS = 40;

    private static final int VALIDATION_SECONDS = 2;

    /** Ends what would hold a lock or a connection for ever: a slow statement, a long wait, a forgotten transaction. */
    private static final String SESSION_LIMITS =
            "SET statement_timeout = '30s'; SET lock_timeout = '10s'; SET idle_in_transaction_session_timeout = '60s'";

    private ConnectionPool() {}

    /** Opens the pool; its connections are made when they are needed. */
    static AgroalDataSource open(ServerLocation location, int maxSize) throws SQLException {
        AgroalDataSourceConfigurationSupplier supplier = new AgroalDataSourceConfigurationSupplier();
        supplier.connectionPoolConfiguration(pool -> pool.maxSize(maxSize)
                .minSize(0)
                .initialSize(1)
                .acquisitionTimeout(ACQUISITION_TIMEOUT)
                .idleValidationTimeout(TRUSTED_IDLE)
                .reapTimeout(Duration.ofMinutes(5))
                .maxLifetime(Duration.ofMinutes(30))
                .connectionValidator(ConnectionValidator.defaultValidatorWithTimeout(VALIDATION_SECONDS))
                .exceptionSorter(new PostgreSQLExceptionSorter())
                .connectionFactoryConfiguration(factory -> {
                    factory.connectionProviderClass(Driver.class)
                            .jdbcUrl(location.url())
                            .initialSql(SESSION_LIMITS)
                            .jdbcProperty("socketTimeout", Integer.toString(SOCKET_TIMEOUT_SECONDS));
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
