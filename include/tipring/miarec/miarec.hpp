// All of the MiaRec API: resources with their operations, the call search, errors.
#pragma once

#include <tipring/miarec/call.hpp>
#include <tipring/miarec/client.hpp>
#include <tipring/miarec/custom_field.hpp>
#include <tipring/miarec/encrypt_key.hpp>
#include <tipring/miarec/enums.hpp>
#include <tipring/miarec/error.hpp>
#include <tipring/miarec/group.hpp>
#include <tipring/miarec/ids.hpp>
#include <tipring/miarec/recorder_health.hpp>
#include <tipring/miarec/role.hpp>
#include <tipring/miarec/search.hpp>
#include <tipring/miarec/tenant.hpp>
#include <tipring/miarec/user.hpp>
