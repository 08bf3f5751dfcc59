#ifndef MOONWIRE_LUA_H
#define MOONWIRE_LUA_H
#include <stdint.h>
typedef struct mwl_state mwl_state;
const char *mwl_version(void);
#endif
