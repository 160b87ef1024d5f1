// Where something went wrong, as people read it.
#pragma once

#include <tipring/core/error.hpp>

#include <string>

/// The path of `failure`, such as `calls[3].files[0].file_size`; empty when it has none.
inline std::string path_of(const tipring::error& failure) {
    char buffer[200];
    tipring::writer out{buffer};
    print(failure.path, out);
    return std::string{out.written()};
}
