// The test's TLS services on the JDK's own HttpsServer. Six arguments for each: the port, the directory of
// "certificate" and "key", the version or "", the cipher suite or "", none, want or need, and the size of
// records or 0.
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.FileInputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.logging.ConsoleHandler;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

public class SecureServer {
    static final String password = "secret";
    private static final Logger log = Logger.getLogger("com.sun.net.httpserver");

    public static void main(String[] arguments) throws Exception {
        // By default, the server keeps its complaints to itself.
        log.setLevel(Level.ALL);
        var console = new ConsoleHandler();
        console.setLevel(Level.ALL);
        log.addHandler(console);
        for (int i = 0; i < arguments.length; i += 6)
            listen(Integer.parseInt(arguments[i]), context(arguments[i + 1]), arguments[i + 2],
                arguments[i + 3], arguments[i + 4], Integer.parseInt(arguments[i + 5]));
    }

    static KeyStore keyStore(String directory) throws Exception {
        Certificate certificate;
        try (var file = new FileInputStream(directory + "/certificate")) {
            certificate = CertificateFactory.getInstance("X.509").generateCertificate(file);
        }
        String pem = Files.readString(Path.of(directory, "key")).replaceAll("-----.*-----", "");
        var key = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem));
        KeyStore store = KeyStore.getInstance("JKS");
        store.load(null, null);
        store.setKeyEntry("server",
            KeyFactory.getInstance(certificate.getPublicKey().getAlgorithm()).generatePrivate(key),
            password.toCharArray(), new Certificate[] {certificate});
        return store;
    }

    private static SSLContext context(String directory) throws Exception {
        var keys = KeyManagerFactory.getInstance("SunX509");
        keys.init(keyStore(directory), password.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static void listen(int port, SSLContext context, String version, String suite, String client,
        int record) throws Exception {
        HttpsServer server = HttpsServer.create(new InetSocketAddress("127.0.0.1", port), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                var settings = context.getDefaultSSLParameters();
                if (!version.isEmpty()) settings.setProtocols(new String[] {version});
                if (!suite.isEmpty()) settings.setCipherSuites(new String[] {suite});
                if (client.equals("want")) settings.setWantClientAuth(true);
                if (client.equals("need")) settings.setNeedClientAuth(true);
                if (record != 0) settings.setMaximumPacketSize(record);
                parameters.setSSLParameters(settings);
            }
        });
        server.createContext("/", exchange -> {
            byte[] text = "the service is well\n".repeat(100).getBytes();
            exchange.sendResponseHeaders(200, text.length);
            exchange.getResponseBody().write(text);
            exchange.close();
        });
        server.start();
    }
}
