#include "refusal.hpp"

#include <cstring>
#include <new>

namespace common {

namespace http = tipring::http;
using tipring::text;

text keep(text content, tipring::arena& memory) {
    auto* const copy = static_cast<char*>(memory.allocate(content.size(), 1));
    if (copy == nullptr) throw failed_inside("The answer does not fit into memory");
    if (!content.empty()) std::memcpy(copy, content.data(), content.size());
    return {copy, content.size()};
}

http::response with_headers(http::response response,
                            const std::vector<std::pair<std::string, std::string>>& more,
                            tipring::arena& memory) {
    const std::size_t count = response.headers.size() + more.size();
    auto* const room = static_cast<http::header*>(
        memory.allocate(count * sizeof(http::header), alignof(http::header)));
    if (room == nullptr) return response;
    std::size_t next = 0;
    for (const http::header& each : response.headers)
        ::new (static_cast<void*>(room + next++)) http::header{each};
    for (const auto& [name, value] : more)
        ::new (static_cast<void*>(room + next++))
            http::header{.name = keep(name, memory), .value = keep(value, memory)};
    response.headers = {room, count};
    return response;
}

} // namespace common
