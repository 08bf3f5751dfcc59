import LuaRuntime
import Testing

@Test func v() { #expect(LuaLimits().tasks == 256) }
