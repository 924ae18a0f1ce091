// The test's TLS services on Jetty. The arguments are SecureServer's, without the size of records; the last may
// be "name", to refuse all server names but the certificate's.
import java.io.IOException;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.AbstractHandler;
import org.eclipse.jetty.util.ssl.SslContextFactory;

public class SecureJetty {
    public static void main(String[] arguments) throws Exception {
        Server server = new Server();
        for (int i = 0; i < arguments.length; i += 5)
            server.addConnector(connector(server, Integer.parseInt(arguments[i]), factory(arguments, i)));
        server.setHandler(new AbstractHandler() {
            @Override
            public void handle(String target, Request base, HttpServletRequest request,
                HttpServletResponse response) throws IOException {
                response.getWriter().print("the service is well\n");
                base.setHandled(true);
            }
        });
        server.start();
    }

    private static SslContextFactory.Server factory(String[] arguments, int i) throws Exception {
        var factory = new SslContextFactory.Server();
        factory.setKeyStore(SecureServer.keyStore(arguments[i + 1]));
        factory.setKeyStorePassword(SecureServer.password);
        if (!arguments[i + 2].isEmpty()) factory.setIncludeProtocols(arguments[i + 2]);
        if (!arguments[i + 3].isEmpty()) factory.setIncludeCipherSuites(arguments[i + 3]);
        factory.setWantClientAuth(arguments[i + 4].equals("want"));
        factory.setNeedClientAuth(arguments[i + 4].equals("need"));
        factory.setSniRequired(arguments[i + 4].equals("name"));
        return factory;
    }

    // As Jetty's own module "https": its customizer compares the server's name with the certificate.
    private static ServerConnector connector(Server server, int port, SslContextFactory.Server factory) {
        var configuration = new HttpConfiguration();
        configuration.addCustomizer(new SecureRequestCustomizer());
        var connector = new ServerConnector(server,
            new SslConnectionFactory(factory, HttpVersion.HTTP_1_1.asString()),
            new HttpConnectionFactory(configuration));
        connector.addBean(new SslHandshakeListener() {
            @Override
            public void handshakeFailed(Event event, Throwable failure) {
                System.err.println("handshake on port " + port + ": " + failure);
            }
        });
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        return connector;
    }
}
