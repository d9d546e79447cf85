package io.watchfloor.benchmark.desktop;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.SplittableRandom;
import redis.embedded.RedisServer;

/// A Redis that keeps nothing. Stateless.
final class RealRedis {

    private RealRedis() {}

    /// Starts one. Its program is unpacked each time; where another process was begun at that very moment, that one has the
    /// file open for writing until it is under way, and nobody can run it so long.
    static RedisServer start(int port) throws IOException {
        RedisServer redis = RedisServer.newRedisServer().bind("127.0.0.1").port(port).setting("save \"\"").build();
        await().atMost(Duration.ofSeconds(30)).ignoreExceptionsMatching(RealRedis::isBusy).until(() -> {
            redis.start();
            return true;
        });
        return redis;
    }

    /// Below those that systems give to whoever asks for any: nobody is given it before Redis has it, or while Redis is
    /// away.
    static int freePort() {
        SplittableRandom random = new SplittableRandom();
        while (true) {
            int candidate = random.nextInt(20_000, 30_000);
            try (ServerSocket _ = new ServerSocket(candidate, 1, InetAddress.getLoopbackAddress())) {
                return candidate;
            } catch (IOException _) {
                // somebody has it: another one
            }
        }
    }

    private static boolean isBusy(Throwable fault) {
        Throwable cause = fault.getCause();
        return String.valueOf(fault.getMessage()).contains("Text file busy") || (cause != null && isBusy(cause));
    }
}
