// The floor: the cost of starting and ending any program.
int main() { return 0; }
