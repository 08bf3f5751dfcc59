/* Empty on purpose: Swift sees no Lua function. CLuaShim includes lua.h itself. */
