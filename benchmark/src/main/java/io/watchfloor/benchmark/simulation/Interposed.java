package io.watchfloor.benchmark.simulation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Stands between a port and its users, for all of its methods alike. Stateless.
final class Interposed {

    /// Decides what becomes of a call.
    interface Between {

        /// @param call makes the call itself
        @Nullable
        Object called(String method, @Nullable Object @Nullable [] arguments, Callable<@Nullable Object> call)
                throws Exception;
    }

    private Interposed() {}

    static <T> T on(Class<T> port, T target, Between between) {
        return onLatest(port, () -> target, between);
    }

    /// @param target asked for at each call
    static <T> T onLatest(Class<T> port, Supplier<T> target, Between between) {
        Object proxy = Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[]{port},
                (_, method, arguments) -> between.called(method.getName(), arguments,
                        () -> invoke(target.get(), method, arguments)));
        return port.cast(proxy);
    }

    private static <T> @Nullable Object invoke(T target, Method method, @Nullable Object @Nullable [] arguments)
            throws Exception {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }
}
