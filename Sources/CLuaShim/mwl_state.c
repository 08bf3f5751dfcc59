#include <lua.h>
#include "moonwire_lua.h"
const char *mwl_version(void) { return LUA_RELEASE; }
