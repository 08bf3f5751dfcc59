import CLuaShim
import Testing

@Suite struct VersionTests {
    @Test func aStateIsMadeAndClosed() throws {
        var callbacks = mwl_callbacks()
        var limits = mwl_limits()
        limits.memory_soft = 1 << 20
        limits.memory_hard = 1 << 22
        let state = try #require(mwl_new(&callbacks, &limits))
        var usage = mwl_usage_counts()
        mwl_usage(state, &usage)
        #expect(usage.memory < 64 << 10)
        #expect(usage.stack == 0)
        mwl_close(state)
    }
}
