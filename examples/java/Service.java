import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/** A small web service on the JDK's own HTTP server. Environment: PORT (8080). TERM and INT stop it gracefully. */
public final class Service {
    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "8080"));
        HttpServer server = HttpServer.create(new InetSocketAddress(port), 64);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/healthz", exchange -> {
            byte[] body = "ok\n".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            try (var out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
        // The virtual machine runs this on TERM, and then exits with 143, whatever happens here.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            System.out.println("service: stopping");
            server.stop(2);
            System.out.println("service: stopped");
        }));
        server.start();
        System.out.println("service: started");
    }
}
