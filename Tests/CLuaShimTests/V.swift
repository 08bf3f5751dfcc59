import CLuaShim
import Testing

@Test func v() { #expect(String(cString: mwl_version()).hasPrefix("Lua 5.4")) }
