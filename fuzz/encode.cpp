// A value of any described type, made of the input's bytes: what is encoded is JSON, decodes to the
// same value by every engine, and a buffer that is too small is told exactly how large it has to
// be. Input: which type, then bytes that decide what the value is.
#include <tipring/core/arena.hpp>
#include <tipring/json/decode.hpp>
#include <tipring/json/encode.hpp>
#include <tipring/json/scan.hpp>

#include "any_object.hpp"
#include "decode_oracle.hpp"
#include "target.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace {

using namespace tipring;

std::string not_the_same(const any_object& value, const std::string& body) {
    if (json::validate(body, json::most_depth).code != errc::ok) return "validate() refuses it";
    if (!json_grammar::accepts(body)) return "no JSON";
    static std::vector<std::byte> bytes(std::size_t{1} << 18);
    arena memory{std::span<std::byte>{bytes}};
    any_object decoded{value.type()};
    json::decode_report report;
    if (!json::decode_into(value.type(), decoded.data(), body, memory, {.report = &report}))
        return "refused";
    if (!decoded.equals(value)) return "another value";
    if (report.unknown_members != 0 || report.misspelt_members != 0) return "unknown members";
    if (decoded.encoded() != body) return "encoded again it is another text";
    // In place and by Boost.JSON too.
    fuzz::decode_oracle oracle;
    return oracle.difference(value.type(), body, {}, 1);
}

/// One buffer of exactly `size` bytes.
std::string wrong_in(const any_object& value, const std::string& body, std::size_t size) {
    const std::unique_ptr<char[]> buffer{new char[size + (size == 0 ? 1u : 0u)]};
    writer out{std::span{buffer.get(), size}};
    if (!json::encoder{out, any_object::complete}.run(value.type(), value.data())) return "refused";
    if (out.size() != body.size()) return "another size is asked for";
    if (out.fits() != (size >= body.size())) return "fits() is wrong";
    if (out.fits() && out.written() != body) return "another text";
    return {};
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const auto& types = every_type();
    const random_type type = types[data[0] % types.size()];
    static std::vector<std::byte> bytes(std::size_t{1} << 20);
    arena memory{std::span<std::byte>{bytes}};
    any_object value{*type.table};
    random_values::engine source{std::span{data + 1, size - 1}};
    fill_randomly(type, value.data(), source, memory, {.max_depth = 3, .max_elements = 3});

    const std::string body = value.encoded();
    fuzz::require_none(not_the_same(value, body), body);
    const std::size_t step = body.size() / 64 + 1;
    for (std::size_t room = 0; room < body.size() + 2; room += step)
        fuzz::require_none(wrong_in(value, body, room), body);
    fuzz::require_none(wrong_in(value, body, body.size() - 1), body);
    fuzz::require_none(wrong_in(value, body, body.size()), body);
    return 0;
}
