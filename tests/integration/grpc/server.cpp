// The test's gRPC service on gRPC C++, with its own health service. It uses the same ports as server.go.
#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/health_check_service_interface.h>

#include <iostream>
#include <memory>
#include <string>
#include <vector>

namespace {

std::unique_ptr<grpc::Server> serve(const std::vector<std::string>& addresses) {
  // A server needs at least one service; this one has no method.
  static grpc::CallbackGenericService nothing[3];
  static int used = 0;
  grpc::ServerBuilder builder;
  builder.RegisterCallbackGenericService(&nothing[used++]);
  for (const std::string& address : addresses)
    builder.AddListeningPort(address, grpc::InsecureServerCredentials());
  return builder.BuildAndStart();
}

}  // namespace

int main(int, char** arguments) {
  const std::string directory = arguments[1];
  const std::unique_ptr<grpc::Server> without = serve({"127.0.0.1:8081"});
  grpc::EnableDefaultHealthCheckService(true);
  const std::unique_ptr<grpc::Server> known =
      serve({"127.0.0.1:8080", "[::1]:8080", "unix:" + directory + "/socket"});
  known->GetHealthCheckService()->SetServingStatus("ready", true);
  known->GetHealthCheckService()->SetServingStatus("broken", false);
  const std::unique_ptr<grpc::Server> late = serve({"127.0.0.1:8082"});
  late->GetHealthCheckService()->SetServingStatus(false);
  std::string line;
  std::getline(std::cin, line);
  late->GetHealthCheckService()->SetServingStatus(true);
  known->Wait();
}
