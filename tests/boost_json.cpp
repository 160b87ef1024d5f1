// Boost.JSON is header-only here: its whole source is compiled in this one unit, for the test
// programs that have Boost.
#include <boost/json/src.hpp>
