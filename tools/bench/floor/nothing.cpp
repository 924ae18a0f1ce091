// The floor: what it costs to start and end a program at all.
int main() { return 0; }
