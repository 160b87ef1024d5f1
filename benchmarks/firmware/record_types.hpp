// The record of record.hpp as types of tipring. What is not among the nine fields is not described,
// and passed over.
#pragma once

#include <tipring/json/decode.hpp>
#include <tipring/json/encode.hpp>

#include "record.hpp"

namespace record {

using namespace tipring;

struct user {
    field<text> user_id{};
    field<list<text>> groups{};
};
TIPRING_DESCRIBE(user, TIPRING_MEMBER(user_id, ""), TIPRING_MEMBER(groups, ""));

struct party {
    field<text> number{};
    field<text> name{};
    field<record::user> user{};
};
TIPRING_DESCRIBE(party, TIPRING_MEMBER(number, ""), TIPRING_MEMBER(name, ""),
                 TIPRING_MEMBER(user, ""));

struct file {
    field<std::int32_t> file_size{};
};
TIPRING_DESCRIBE(file, TIPRING_MEMBER(file_size, ""));

struct call {
    field<text> call_id{};
    field<std::int32_t> duration{};
    field<bool> is_confidential{};
    field<tipring::number> mean_opinion_score{};
    field<party> from{};
    field<party> to{};
    field<list<file>> files{};
};
TIPRING_DESCRIBE(call, TIPRING_MEMBER(call_id, ""), TIPRING_MEMBER(duration, ""),
                 TIPRING_MEMBER(is_confidential, ""), TIPRING_MEMBER(mean_opinion_score, ""),
                 TIPRING_MEMBER(from, ""), TIPRING_MEMBER(to, ""), TIPRING_MEMBER(files, ""));

inline fields fields_of(const call& c) {
    fields f{.call_id = *c.call_id,
             .duration = *c.duration,
             .is_confidential = *c.is_confidential,
             .mean_opinion_score = c.mean_opinion_score->value,
             .from_name = *c.from->name,
             .from_user_id = *c.from->user->user_id,
             .from_groups = static_cast<std::uint32_t>(c.from->user->groups->size()),
             .to_number = *c.to->number};
    for (const file& each : *c.files) f.size_of_last_file = *each.file_size;
    return f;
}

} // namespace record
