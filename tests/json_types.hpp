// Described types that hold every kind of member, for the tests of the JSON codec. Nothing here is
// part of the library.
#pragma once

#include <tipring/core/field.hpp>
#include <tipring/core/id.hpp>
#include <tipring/core/list.hpp>
#include <tipring/core/secret.hpp>
#include <tipring/json/describe.hpp>
#include <tipring/json/equal.hpp>

#include <cstdint>

namespace tipring::inline TIPRING_ABI::json_types {

enum class color : std::int32_t { red = 0, green = 1, blue = 7 };
enum class level { low, high };

} // namespace tipring::inline TIPRING_ABI::json_types

namespace tipring::inline TIPRING_ABI {
TIPRING_NAMES(json_types::level, "low", "high");
}

namespace tipring::inline TIPRING_ABI::json_types {

struct leaf {
    field<text> name{};
    field<std::int64_t> size{};
    field<bool> on{};
};
TIPRING_DESCRIBE(leaf, TIPRING_MEMBER(name, "what it is called"),
                 TIPRING_MEMBER(size, "how large it is"), TIPRING_MEMBER(on, "whether it is on"));

struct branch {
    text title{};
    field<json_types::leaf> leaf{};
    field<list<json_types::leaf>> leaves{};
};
TIPRING_DESCRIBE(branch, TIPRING_MEMBER(title, "a member that is no field"),
                 TIPRING_MEMBER(leaf, "an object in an object"),
                 TIPRING_MEMBER(leaves, "a list in an object"));

struct text_entry {
    field<text> key{};
    field<text> content{};
};
TIPRING_DESCRIBE(text_entry, TIPRING_MEMBER(key, "key"), TIPRING_MEMBER(content, "value"));

struct list_entry {
    text key{};
    field<list<text>> content{};
};
TIPRING_DESCRIBE(list_entry, TIPRING_MEMBER(key, "key"), TIPRING_MEMBER(content, "value"));

struct object_entry {
    field<text> key{};
    field<branch> content{};
};
TIPRING_DESCRIBE(object_entry, TIPRING_MEMBER(key, "key"), TIPRING_MEMBER(content, "value"));

struct raw_entry {
    field<text> key{};
    field<raw_json> content{};
};
TIPRING_DESCRIBE(raw_entry, TIPRING_MEMBER(key, "key"), TIPRING_MEMBER(content, "value"));

/// Every kind of member, in fields.
struct everything {
    field<text> words{};
    field<text> short_words{};
    field<secret> password{};
    field<id<struct thing>> thing_id{};
    field<open<json_types::level>> level{};
    field<raw_json> anything{};
    field<number> amount{};
    field<std::int64_t> whole{};
    field<std::int32_t> counter{};
    field<std::uint32_t> positive{};
    field<std::int16_t> small{};
    field<std::uint8_t> tiny{};
    field<std::int64_t> seats{};
    field<std::int32_t> seconds{};
    field<bool> flag{};
    field<bool> loose_flag{};
    field<json_types::color> color{};
    field<branch> object{};
    field<list<text>> names{};
    field<list<std::int64_t>> numbers{};
    field<list<std::uint8_t>> bytes{};
    field<list<bool>> flags{};
    field<list<raw_json>> mixed{};
    field<list<number>> amounts{};
    field<list<branch>> branches{};
    field<list<text_entry>> texts{};
    field<list<list_entry>> lists{};
    field<list<object_entry>> objects{};
    field<list<raw_entry>> raws{};
    field<list<open<json_types::level>>> levels{};
};
TIPRING_DESCRIBE(everything, TIPRING_MEMBER(words, "text"),
                 TIPRING_MEMBER(short_words, "text of at most 12 bytes").limit(12),
                 TIPRING_MEMBER(password, "a secret").write_only(),
                 TIPRING_MEMBER(thing_id, "an id").read_only().alias("thing-id").alias("thnig_id"),
                 TIPRING_MEMBER(level, "an open enum"), TIPRING_MEMBER(anything, "any JSON"),
                 TIPRING_MEMBER(amount, "a number"), TIPRING_MEMBER(whole, "64 bits"),
                 TIPRING_MEMBER(counter, "32 bits"),
                 TIPRING_MEMBER(positive, "32 bits without sign"), TIPRING_MEMBER(small, "16 bits"),
                 TIPRING_MEMBER(tiny, "8 bits without sign"),
                 TIPRING_MEMBER(seats, "-1 is null").minus_one_is_null(),
                 TIPRING_MEMBER(seconds, "an integer, at times as text").lenient(),
                 TIPRING_MEMBER(flag, "a bool"),
                 TIPRING_MEMBER(loose_flag, "a bool, at times as text or number").lenient(),
                 TIPRING_MEMBER(color, "an integer enum"), TIPRING_MEMBER(object, "an object"),
                 TIPRING_MEMBER(names, "texts"), TIPRING_MEMBER(numbers, "integers"),
                 TIPRING_MEMBER(bytes, "small integers"), TIPRING_MEMBER(flags, "bools"),
                 TIPRING_MEMBER(mixed, "any JSON values"), TIPRING_MEMBER(amounts, "numbers"),
                 TIPRING_MEMBER(branches, "objects"), TIPRING_MEMBER(texts, "a map").map(),
                 TIPRING_MEMBER(lists, "a map to lists").map(),
                 TIPRING_MEMBER(objects, "a map to objects").map(),
                 TIPRING_MEMBER(raws, "a map to any JSON").map(),
                 TIPRING_MEMBER(levels, "open enums"));

/// Members that are no fields: always there, never null.
struct plain {
    text words{};
    number amount{};
    raw_json anything{};
    std::int64_t whole{};
    std::uint16_t port{};
    bool flag{};
    json_types::color color{};
    leaf inner{};
    list<text> names{};
    list<leaf> leaves{};
};
TIPRING_DESCRIBE(plain, TIPRING_MEMBER(words, "text"), TIPRING_MEMBER(amount, "a number"),
                 TIPRING_MEMBER(anything, "any JSON"), TIPRING_MEMBER(whole, "64 bits"),
                 TIPRING_MEMBER(port, "16 bits"), TIPRING_MEMBER(flag, "a bool"),
                 TIPRING_MEMBER(color, "an integer enum"), TIPRING_MEMBER(inner, "an object"),
                 TIPRING_MEMBER(names, "texts"), TIPRING_MEMBER(leaves, "objects"));

/// An answer that may also come as the bare array, and a member that must be there.
struct page {
    field<std::int64_t> total{};
    field<list<leaf>> items{};
};
TIPRING_DESCRIBE(page, TIPRING_MEMBER(total, "how many there are"),
                 TIPRING_MEMBER(items, "one page of them").bare_array().required());

/// As a page, but its number must be there, which a bare array cannot say.
struct counted_page {
    field<std::int64_t> total{};
    field<list<leaf>> items{};
};
TIPRING_DESCRIBE(counted_page, TIPRING_MEMBER(total, "how many there are").required(),
                 TIPRING_MEMBER(items, "one page of them").bare_array());

/// One member of any JSON, which is not the document itself.
struct only_raw {
    field<raw_json> anything{};
};
TIPRING_DESCRIBE(only_raw, TIPRING_MEMBER(anything, "any JSON"));

/// A document of any shape, and one without members. Not among those that are filled at random: the
/// one is never absent or null, the other never anything else.
struct document {
    field<raw_json> content{};
};
TIPRING_DESCRIBE(document, TIPRING_MEMBER(content, "all of it").body());
struct nothing {};
TIPRING_DESCRIBE(nothing);

/// An operation's body is no list, so no array takes its place.
struct wrapped {
    field<json_types::leaf> inner{};
};
TIPRING_DESCRIBE(wrapped, TIPRING_MEMBER(inner, "an object").body());

/// Holds a list of itself.
struct tree {
    field<text> name{};
    field<list<tree>> children{};
};
TIPRING_DESCRIBE(tree, TIPRING_MEMBER(name, "what it is called"),
                 TIPRING_MEMBER(children, "what grows on it"));

/// Puts the lists of a tree on the other levels.
struct pot {
    field<json_types::tree> tree{};
};
TIPRING_DESCRIBE(pot, TIPRING_MEMBER(tree, "what stands in it"));

} // namespace tipring::inline TIPRING_ABI::json_types
