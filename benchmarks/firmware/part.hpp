// What every measured program has in common: main() runs its job and tells how many instructions
// and how much stack that took. The program without a job is what the others are compared with, so
// that only the job's own flash, RAM, stack and instructions are counted.
#pragma once

#include <board.hpp>

/// The job, once. True when all went as it must.
bool job();

/// Kept from the optimiser: what it points to may be changed and is looked at.
template <class T>
T* hidden(T* pointer) {
    asm volatile("" : "+r"(pointer)::"memory");
    return pointer;
}
