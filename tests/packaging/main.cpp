// The smallest consumer: shows that the headers are found, compile, and are of the version that the
// build system says.
#include <tipring/tipring.hpp>

#include <cstdio>

int main() {
    std::printf("tipring %d.%d.%d\n", TIPRING_VERSION_MAJOR, TIPRING_VERSION_MINOR,
                TIPRING_VERSION_PATCH);
}
