// What request.cpp and steps.cpp share: a list whose pages are walked over.
#pragma once

#include "part.hpp"

#include <tipring/http/request.hpp>
#include <tipring/miarec/group.hpp>

using namespace tipring;

inline const origin_server recorder{.origin = "https://recorder.example"};
inline miarec::list_groups groups{.limit = 100};
inline text link = "https://recorder.example/api/v2/groups.json?limit=100&start=1";
inline static_arena<1024> memory;
