// The test's service on the JDK's own HttpServer: port 8080 on both families.
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Base64;
import java.util.concurrent.Executors;

public class Server {
    static final byte[] text = "the service is well\n".getBytes();

    // A size of 0 means unknown, and so chunked; -1 means no body.
    static void answer(HttpExchange exchange, int status, long size) throws IOException {
        exchange.sendResponseHeaders(status, exchange.getRequestMethod().equals("HEAD") ? -1 : size);
        if (size >= 0 && !exchange.getRequestMethod().equals("HEAD")) exchange.getResponseBody().write(text);
        exchange.close();
    }

    static void serve(HttpExchange exchange) throws IOException {
        var headers = exchange.getResponseHeaders();
        switch (exchange.getRequestURI().getPath()) {
            case "/ok" -> answer(exchange, 200, text.length);
            case "/chunked" -> answer(exchange, 200, 0);
            case "/broken" -> answer(exchange, 503, -1);
            case "/moved" -> {
                headers.set("Location", "http://127.0.0.1:9000/trap");
                answer(exchange, 301, -1);
            }
            case "/slow" -> {
                try {
                    Thread.sleep(3600_000);
                } catch (InterruptedException end) {
                }
            }
            case "/headers" -> {
                headers.set("X-Large", "x".repeat(8000));
                answer(exchange, 200, text.length);
            }
            case "/private" -> {
                String right = "Basic " + Base64.getEncoder().encodeToString("probe:secret".getBytes());
                answer(exchange, right.equals(exchange.getRequestHeaders().getFirst("Authorization")) ? 200 : 401, -1);
            }
            case "/host" ->
                answer(exchange, "app.example".equals(exchange.getRequestHeaders().getFirst("Host")) ? 200 : 421, -1);
            default -> answer(exchange, 404, -1);
        }
    }

    public static void main(String[] arguments) throws IOException {
        for (String address : new String[] {"127.0.0.1", "::1"}) {
            HttpServer server = HttpServer.create(new InetSocketAddress(address, 8080), 0);
            server.createContext("/", (HttpHandler) Server::serve);
            server.setExecutor(Executors.newCachedThreadPool());
            server.start();
        }
    }
}
