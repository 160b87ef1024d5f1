// The smallest consumer: shows that the headers are found, compile, and are of the version that the
// build system says.
#include <tipring/tipring.hpp>

#include <cstdio>

#if TIPRING_VERSION < 100
#error "older than the first version"
#endif
static_assert(TIPRING_VERSION ==
              TIPRING_VERSION_MAJOR * 10000 + TIPRING_VERSION_MINOR * 100 + TIPRING_VERSION_PATCH);

int main() {
    std::printf("tipring %d.%d.%d\n", TIPRING_VERSION_MAJOR, TIPRING_VERSION_MINOR,
                TIPRING_VERSION_PATCH);
}
