package dev.onward.database;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Tells every process on one database what another changed: at once by {@code NOTIFY}, at the latest with the next look
 * two seconds later. For what people edit, such as definitions: a {@code NOTIFY} makes commits wait for each other.
 * Thread-safe.
 */
@Singleton
public final class ChangeFeed implements AutoCloseable {

    /** The priority of the startup's observer that begins to listen. */
    public static final int OPENS = Database.OPENS_FIRST + 1;

    /** The priority of the shutdown's observer that ends it. */
    public static final int CLOSES = Database.CLOSES_LAST - 1;

    private static final Logger LOG = Logger.getLogger(ChangeFeed.class);

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
    private static final Duration BEFORE_RECONNECT = Duration.ofSeconds(1);

    /** At one look in two seconds: every ten minutes. */
    private static final int LOOKS_BETWEEN_CLEANINGS = 300;

    /** A look takes milliseconds; a server that is silent for so long is gone. */
    private static final Map<String, String> CONNECTION = Map.of("socketTimeout", "10");

    private static final String PUBLISH = """
            WITH written AS (INSERT INTO onward.change (topic, key) VALUES (:topic, :key) RETURNING seq)
            SELECT pg_notify('onward_change', '') FROM written
            """;

    private final Database database;
    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread reader = new Thread(this::run, "onward-changes");
    private volatile @Nullable Connection listening;

    public ChangeFeed(Database database) {
        this.database = database;
        reader.setDaemon(true);
    }

    /**
     * Tells all processes, this one too, once the handle's transaction commits; nobody, if it does not.
     *
     * @param topic a feature's name for a kind of thing
     * @param key which of them
     */
    public void publish(Handle handle, String topic, String key) {
        handle.createQuery(PUBLISH)
                .bind("topic", topic)
                .bind("key", key)
                .mapToMap()
                .list();
    }

    /**
     * Calls the listener for each change of the topic from now on, first of all with
     * {@link ChangeListener#mayHaveMissed}.
     */
    public void subscribe(String topic, ChangeListener listener) {
        subscriptions.add(new Subscription(topic, listener));
    }

    void open(@Observes @Priority(OPENS) StartupEvent event) {
        open();
    }

    void close(@Observes @Priority(CLOSES) ShutdownEvent event) {
        close();
    }

    void open() {
        reader.start();
    }

    /** Ends the calls to listeners; one that is under way may still be running when this returns. */
    @Override
    public void close() {
        closed.countDown();
        abort(listening);
    }

    private void run() {
        do {
            try (Connection connection = database.open(CONNECTION)) {
                listening = connection;
                follow(connection);
            } catch (SQLException e) {
                if (closed.getCount() > 0) {
                    LOG.warnf("changes made by other processes show late, the database is away: %s", e.getMessage());
                }
            }
        } while (!isClosedWithin(BEFORE_RECONNECT));
    }

    private void follow(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("LISTEN onward_change");
        }
        ChangeCursor cursor = new ChangeCursor(connection);
        subscriptions.forEach(Subscription::missed);
        PGConnection notifications = connection.unwrap(PGConnection.class);
        for (long look = 0; closed.getCount() > 0; look++) {
            if (look % LOOKS_BETWEEN_CLEANINGS == 0) {
                deleteOld(connection);
            }
            deliver(cursor.next());
            notifications.getNotifications((int) BETWEEN_LOOKS.toMillis());
        }
    }

    private void deliver(List<ChangeCursor.Change> changes) {
        for (Subscription subscription : subscriptions) {
            subscription.deliver(changes);
        }
    }

    private static void deleteOld(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM onward.change WHERE at < now() - interval '1 hour'");
        }
    }

    private boolean isClosedWithin(Duration time) {
        try {
            return closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static void abort(@Nullable Connection connection) {
        if (connection == null) {
            return;
        }
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            LOG.debug("the connection for changes was closed already", e);
        }
    }

    /** One listener, and whether its copies may be outdated. Used by the reader's thread alone. */
    private static final class Subscription {

        private final String topic;
        private final ChangeListener listener;
        private boolean behind = true;

        Subscription(String topic, ChangeListener listener) {
            this.topic = topic;
            this.listener = listener;
        }

        void missed() {
            behind = true;
        }

        void deliver(List<ChangeCursor.Change> changes) {
            try {
                if (behind) {
                    listener.mayHaveMissed();
                    behind = false;
                    return;
                }
                for (ChangeCursor.Change change : changes) {
                    if (change.topic().equals(topic)) {
                        listener.changed(change.key());
                    }
                }
            } catch (RuntimeException e) {
                behind = true;
                LOG.errorf(e, "a listener for changes of %s failed, it is told again", topic);
            }
        }
    }
}
