// What builders of trees share: the objects and arrays that are open, each with the key that it
// will have in the one around it.
#pragma once

#include <utility>
#include <vector>

#include "../schema.hpp"

namespace bench {

/// Builder puts a finished value into the innermost container, by put(container, key, value).
template <class Builder, class Value>
class tree_builder {
public:
    explicit tree_builder(Value root = Value()) : root_(std::move(root)) {}

    void object_end() { close(); }
    void array_end() { close(); }
    void key(text name) { key_ = name; }

    const Value& root() const { return root_; }

protected:
    void open(Value container) { open_.push_back({std::move(container), key_}); }
    void put(Value&& value) { Builder::put(open_.back().value, key_, std::move(value)); }

private:
    struct level {
        Value value;
        text key;
    };

    void close() {
        level done = std::move(open_.back());
        open_.pop_back();
        key_ = done.key;
        if (open_.empty())
            root_ = std::move(done.value);
        else
            put(std::move(done.value));
    }

    std::vector<level> open_;
    text key_;
    Value root_;
};

} // namespace bench
