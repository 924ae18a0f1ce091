// The test's TLS services on a library alone: what each sends is a script. Each argument has the settings of
// one, with spaces between them:
//
//   server "port=8443 directory=CERTIFICATES version=1.3 small script=request,ask,half,ticket,rest,notify"
//
// The words of a script:
//   request           reads to the end of the request's headers
//   start, half, rest sends the answer up to the middle of its headers, of its body, or to its end
//   ticket            sends a session ticket
//   update, ask       updates the key; asks the client for the same
//   notify            sends close_notify
// After the script, it sends a FIN, and reads until the client's close_notify.
#include <arpa/inet.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <iostream>
#include <sstream>
#include <thread>
#include <vector>

#include "session.hpp"

namespace scripted {
namespace {

struct Service {
  int port = 0;
  Settings settings;
  std::vector<std::string> script;
};

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::istringstream stream{text};
  for (std::string part; std::getline(stream, part, separator);) parts.push_back(part);
  return parts;
}

Service parse(const std::string& argument) {
  Service service;
  for (const std::string& option : split(argument, ' ')) {
    const std::string name = option.substr(0, option.find('='));
    const std::string value = option.substr(std::min(option.size(), name.size() + 1));
    if (name == "port") service.port = std::stoi(value);
    if (name == "directory") service.settings.directory = value;
    if (name == "version") service.settings.version = value;
    if (name == "small") service.settings.small_records = true;
    if (name == "script") service.script = split(value, ',');
  }
  return service;
}

constexpr std::size_t body_size = 2000;

std::string answer() {
  const std::string line = "the service is well\n";
  std::string body;
  while (body.size() < body_size) body += line;
  return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

class Conversation {
 public:
  explicit Conversation(Session& session) : session_{session} {}

  void act(const std::string& word) {
    if (word == "request")
      read_request();
    else if (word == "start")
      send_up_to(answer_.find("Length"));
    else if (word == "half")
      send_up_to(answer_.size() - body_size / 2);
    else if (word == "rest")
      send_up_to(answer_.size());
    else if (word == "ticket")
      session_.send_ticket();
    else if (word == "update")
      session_.update_key(Update::own);
    else if (word == "ask")
      session_.update_key(Update::both);
    else if (word == "notify")
      session_.send_close_notify();
    else
      throw std::runtime_error{"unknown word " + word};
  }

 private:
  void read_request() {
    for (std::string request; !request.contains("\r\n\r\n");) {
      const std::string part = session_.read();
      if (part.empty()) throw Failure{"the request has no end"};
      request += part;
    }
  }

  void send_up_to(std::size_t end) {
    session_.write(std::string_view{answer_}.substr(sent_, end - sent_));
    sent_ = end;
  }

  Session& session_;
  const std::string answer_ = answer();
  std::size_t sent_ = 0;
};

void converse(const Service& service, int socket) {
  Session session{service.settings, socket};
  Conversation conversation{session};
  for (const std::string& word : service.script) conversation.act(word);
  ::shutdown(socket, SHUT_WR);
  while (!session.read().empty()) {
  }
}

void serve(const Service& service) {
  const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int on = 1;
  ::setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(service.port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
      ::listen(listener, SOMAXCONN) != 0)
    throw std::runtime_error{"no listener on port " + std::to_string(service.port)};
  for (int socket; (socket = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC)) >= 0;) {
    try {
      converse(service, socket);
    } catch (const Failure& failure) {
      std::cerr << "error: port " + std::to_string(service.port) + ": " + failure.what() + "\n";
    }
    ::close(socket);
  }
}

}  // namespace
}  // namespace scripted

int main(int count, char** arguments) {
  ::signal(SIGPIPE, SIG_IGN);  // a client that leaves early is no reason to end
  std::vector<std::jthread> services;
  for (int i = 1; i < count; ++i)
    services.emplace_back([service = scripted::parse(arguments[i])] { scripted::serve(service); });
}
