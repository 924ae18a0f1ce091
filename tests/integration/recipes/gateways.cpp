#include "recipe.hpp"

namespace recipes {
namespace {

using harness::write_file;
using programs::installed;

Service php_fpm(const TemporaryDirectory& directory) {
  std::string pools = "[global]\nerror_log = /dev/stderr\n";
  for (const std::string& listen : {std::string{"127.0.0.1:9000"}, (directory / "socket").string()})
    pools += "[" + listen.substr(0, 4) + "]\nlisten = " + listen +
             "\nping.path = /ping\npm = static\npm.max_children = 1\n";
  write_file(directory / "fpm.conf", pools);
  return {{programs::installed_php_fpm(), "--nodaemonize", "--fpm-config", directory / "fpm.conf"}};
}

harness::ContainerOptions in(const TemporaryDirectory& directory) {
  harness::ContainerOptions container = programs::secluded();
  container.process.directory = directory.path();
  container.process.environment = {"PYTHONDONTWRITEBYTECODE=1"};
  return container;
}

Service uwsgi(const TemporaryDirectory& directory) {
  write_file(directory / "app.py",
             "def application(environ, start):\n"
             "    start('200 OK' if environ['PATH_INFO'] == '/healthz' else '404 Not Found', [])\n"
             "    return [b'']\n");
  return {{installed("uwsgi"), "--plugin", "python3", "--socket", "127.0.0.1:3031", "--module", "app",
           "--die-on-term"},
          in(directory)};
}

Service django(const TemporaryDirectory& directory) {
  write_file(directory / "app.py",
             "from django.conf import settings\n"
             "settings.configure(ALLOWED_HOSTS=['shop.example'], ROOT_URLCONF='app',\n"
             "                   MIDDLEWARE=['django.middleware.common.CommonMiddleware'])\n"
             "from django.core.wsgi import get_wsgi_application\n"
             "from django.http import HttpResponse\n"
             "from django.urls import path\n"
             "urlpatterns = [path('healthz', lambda request: HttpResponse('well'))]\n"
             "application = get_wsgi_application()\n");
  return {{installed("gunicorn"), "--bind=127.0.0.1:8000", "app"}, in(directory)};
}

// Listens as the server.js of a Next.js build does: on HOSTNAME, which an engine sets to the container's own
// name.
Service next(const TemporaryDirectory& directory) {
  write_file(directory / "hosts", "127.0.0.1 localhost\n127.0.0.7 web-1\n");
  write_file(directory / "server.js",
             "require('http').createServer((request, response) => response.end())\n"
             "  .listen(3000, process.env.HOSTNAME);\n");
  Service service{{installed("node"), "server.js"}, in(directory)};
  service.container.process.environment = {"HOSTNAME=web-1"};
  service.container.mounts = {{directory / "hosts", "/etc/hosts"}};
  return service;
}

// A service that answers with the JSON text of the file `answer`, and wants a password for all paths but
// /actuator/.
Service json(const TemporaryDirectory& directory, const std::string& port, const std::string& answer) {
  write_file(directory / "answer", answer);
  write_file(
      directory / "server.js",
      "const fs = require('fs');\n"
      "const user = 'Basic ' + Buffer.from('probe:secret').toString('base64');\n"
      "require('http').createServer((request, response) => {\n"
      "  const known = request.url.startsWith('/actuator/') || request.headers.authorization === user;\n"
      "  response.writeHead(known ? 200 : 401, {'Content-Type': 'application/json'});\n"
      "  response.end(known ? fs.readFileSync('answer') : '');\n"
      "}).listen(" +
          port + ", '127.0.0.1');\n");
  return {{installed("node"), "server.js"}, in(directory)};
}

Service spring(const TemporaryDirectory& directory) {
  return json(directory, "8080", R"({"status":"UP","components":{"db":{"status":"UP"}}})");
}

Service elasticsearch(const TemporaryDirectory& directory) {
  return json(directory, "9200", R"({"cluster_name":"search","status":"yellow","timed_out":false})");
}

template <const char* answer>
void answer_instead(harness::Container&, const TemporaryDirectory& directory,
                    std::vector<harness::Process>&) {
  write_file(directory / "answer", answer);
}

constexpr char down[] = R"({"status":"OUT_OF_SERVICE"})";
constexpr char timed_out[] = R"({"cluster_name":"search","status":"red","timed_out":true})";

}  // namespace

const std::vector<Row> gateways{
    {"PHP-FPM", &php_fpm, {"FPM_SOCKET=@/socket"}},
    {"uWSGI", &uwsgi},
    {"Django", &django},
    {"Next.js", &next, {"HOSTNAME=web-1"}},
    {"Spring Boot", &spring, {}, &answer_instead<down>, "200 OK, without the text of --body"},
    {"Elasticsearch and OpenSearch",
     &elasticsearch,
     {"PROBE_PASSWORD=secret"},
     &answer_instead<timed_out>,
     "200 OK, without the text of --body"},
};

}  // namespace recipes
