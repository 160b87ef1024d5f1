// strict_probe: sends requests made of odd strings, as an id, a search value, a name and passwords,
// and compares what the server says it received with what the library made, byte for byte. For
// tests/strict_check.py.
#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

#include <tipring/auth/basic.hpp>
#include <tipring/http/request.hpp>
#include <tipring/miarec/call.hpp>
#include <tipring/miarec/search.hpp>
#include <tipring/miarec/user.hpp>

#include "transports.hpp"

namespace {

namespace http = tipring::http;
namespace miarec = tipring::miarec;
using tipring::text;

struct counts {
    std::size_t sent = 0;
    std::size_t refused = 0;
    std::size_t wrong = 0;
};

/// Which places of a request hold the string; the server decodes them and compares.
struct places {
    std::string names;
    void add(const char* name) { names.append(names.empty() ? "" : " ").append(name); }
};

std::vector<std::string> read_strings(const char* path) {
    std::ifstream file{path};
    std::vector<std::string> all;
    for (std::string line; std::getline(file, line);) {
        std::string bytes;
        for (std::size_t i = 0; i + 1 < line.size(); i += 2)
            bytes += static_cast<char>(tipring::hex_value(line[i]) * 16 +
                                       tipring::hex_value(line[i + 1]));
        all.push_back(bytes);
    }
    return all;
}

/// Empty when the answer shows the request as it is.
std::string difference(const http::request& request, const common::reply& got) {
    if (got.status != 200) return std::to_string(got.status) + " " + got.body.substr(0, 200);
    const text seen = got.body;
    const std::string line =
        std::string{name(request.method)} + " " + std::string{request.target} + "\n";
    if (!seen.starts_with(line))
        return "request line " + std::string{seen.substr(0, seen.find('\n'))};
    const std::size_t end = seen.find("\n\n");
    const std::string headers = "\n" + std::string{seen.substr(0, end + 1)};
    for (const http::header& each : request.headers) {
        bool is_there = false;
        for (text rest = seen.substr(line.size(), end + 1 - line.size()); !rest.empty();) {
            const text header = rest.substr(0, rest.find('\n'));
            rest.remove_prefix(header.size() + 1);
            const std::size_t colon = header.find(": ");
            if (tipring::equal_ignoring_case(header.substr(0, colon), each.name))
                is_there = is_there || header.substr(colon + 2) == each.value;
        }
        if (!is_there) return "header " + std::string{each.name};
    }
    return seen.substr(end + 2) == request.body ? "" : "body";
}

class probe {
public:
    probe(common::transport wire, text origin) : wire_{std::move(wire)}, origin_{origin} {}

    /// As id, name and passwords of one PUT; what may not hold it has something plain instead.
    void put(std::size_t index, text odd) {
        tipring::static_arena<16384> memory;
        places where;
        auto login = tipring::auth::basic_authorization::make("naughty", tipring::secret{odd});
        if (login)
            where.add("password");
        else
            login = tipring::auth::basic_authorization::make("naughty", tipring::secret{"plain"});
        const bool is_id = http::check_path_segment(odd).has_value();
        if (is_id)
            where.add("id");
        else
            ++seen_.refused;
        where.add("name");
        where.add("new_password");
        send(miarec::update_user{.user_id = miarec::user_id{is_id ? odd : text{"plain"}},
                                 .user = miarec::user{.name = odd,
                                                      .fieldset_login =
                                                          miarec::user_login{
                                                              .password = tipring::secret{odd}}}},
             index, where, login->header(), memory);
    }
    void search(std::size_t index, text odd) {
        tipring::static_arena<16384> memory;
        places where;
        where.add("search");
        const auto login =
            tipring::auth::basic_authorization::make("naughty", tipring::secret{"plain"});
        send(miarec::list_calls{.where = miarec::search::phone_number.includes(odd)}, index, where,
             login->header(), memory);
    }
    const counts& seen() const { return seen_; }

private:
    template <class Op>
    void send(const Op& op, std::size_t index, const places& where, const http::header& login,
              tipring::arena& memory) {
        const std::string number = std::to_string(index);
        const http::header more[] = {{.name = "X-Index", .value = number},
                                     {.name = "X-Parts", .value = where.names}};
        const auto request = tipring::encode(
            op, {.origin = origin_, .authorization = login, .headers = more}, memory);
        if (!request) {
            ++seen_.refused;
            return;
        }
        common::reply got;
        const auto lost = wire_.send(*request, got);
        const std::string wrong = lost ? lost->what : difference(*request, got);
        ++seen_.sent;
        if (wrong.empty()) return;
        if (++seen_.wrong <= 10)
            std::printf("string %zu, %s: %s\n", index, where.names.c_str(), wrong.c_str());
    }

    common::transport wire_;
    text origin_;
    counts seen_;
};

} // namespace

int main(int count, char** words) {
    const auto* const adapter = count == 4 ? transports::find(words[1]) : nullptr;
    if (adapter == nullptr)
        return std::fputs("usage: strict_probe ADAPTER ORIGIN STRINGS\n", stderr), 2;
    probe with{adapter->make({.patience = std::chrono::seconds{10}}), words[2]};
    const auto strings = read_strings(words[3]);
    for (std::size_t i = 0; i < strings.size(); ++i) {
        with.put(i, strings[i]);
        with.search(i, strings[i]);
    }
    const counts& seen = with.seen();
    std::printf("%zu sent, %zu refused before, %zu wrong\n", seen.sent, seen.refused, seen.wrong);
    return seen.wrong == 0 && seen.sent != 0 ? 0 : 1;
}
