package io.watchfloor.server.bus.redis;

import java.net.URI;
import java.time.Duration;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.util.JedisURIHelper;

/// Where Redis is: `redis://user:password@host:port/database`, or `rediss` for TLS. Immutable.
public final class RedisAddress {

    private final URI uri;

    private RedisAddress(URI uri) {
        this.uri = uri;
    }

    /// @throws IllegalArgumentException where the text is not such a URL; the message is a sentence without the text,
    ///     which may hold a password
    public static RedisAddress parse(String url) {
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException _) {
            throw malformed();
        }
        boolean known = JedisURIHelper.isRedisScheme(uri) || JedisURIHelper.isRedisSSLScheme(uri);
        if (!known || uri.getHost() == null || uri.getPort() < 1 || uri.getPort() > 65_535) {
            throw malformed();
        }
        return new RedisAddress(uri);
    }

    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException(
                "The Redis URL must look like redis://host:6379, or rediss://host:6379 for TLS.");
    }

    /// For those who connect.
    public HostAndPort hostAndPort() {
        return JedisURIHelper.getHostAndPort(uri);
    }

    /// @param timeout for connecting and for each answer
    /// @param silence how long a subscribed connection may be silent
    public JedisClientConfig config(Duration timeout, Duration silence) {
        DefaultJedisClientConfig.Builder config = DefaultJedisClientConfig.builder().resp3().clientName("watchfloor")
                .user(JedisURIHelper.getUser(uri)).password(JedisURIHelper.getPassword(uri))
                .database(JedisURIHelper.getDBIndex(uri)).timeoutMillis((int) timeout.toMillis())
                .blockingSocketTimeoutMillis((int) silence.toMillis());
        if (JedisURIHelper.isRedisSSLScheme(uri)) {
            config.sslOptions(SslOptions.defaults());
        }
        return config.build();
    }

    /// Without user and password.
    @Override
    public String toString() {
        return uri.getScheme() + "://" + uri.getHost() + ":" + uri.getPort();
    }
}
