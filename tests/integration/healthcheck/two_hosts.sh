# Two hosts with a wire between them: this one has the name server, the other the service. The first argument
# is the folder of the two Python programs. Ends with the service.
set -eu
unshare --net python3 "$1/remote_service.py" &
service=$!
here=$(readlink /proc/self/ns/net)
while [ "$(readlink "/proc/$service/ns/net")" = "$here" ]; do :; done
ip link set lo up
ip link add wire type veth peer name other netns $service
ip address add 10.77.0.1/24 dev wire
ip link set wire up
nsenter --net="/proc/$service/ns/net" sh -c '
  ip address add 10.77.0.2/24 dev other
  ip address add fd77::2/64 dev other nodad
  ip link set other up'
ip address add fd77::1/64 dev wire nodad
python3 "$1/name_server.py" &
wait $service
