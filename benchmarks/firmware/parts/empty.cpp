// Nothing: what is left when the job is taken away.
#include "../part.hpp"

bool job() {
    return true;
}
