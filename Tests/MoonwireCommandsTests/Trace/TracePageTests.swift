import ATProtocol
import Testing

@testable import MoonwireCommands

/// What the page's text must be. Whether a browser makes a diagram of it is the matter of `scripts/check-trace-page`.
@Suite struct TracePageTests {
    private func page(_ name: String) throws -> String {
        TracePage(timeline: try TraceTimeline(path: TraceOnDisk.recorded(name)), title: name).html
    }

    private func count(_ text: String, in page: String) -> Int {
        page.indices.count { page[$0...].hasPrefix(text) }
    }

    @Test func `The page has a row for each line and a span for each command`() throws {
        let page = try page("mqtt-plain")
        #expect(count("<li class=\"row", in: page) == 53)
        #expect(count("<i class=\"span ok\"", in: page) == 15)
        #expect(count("<button", in: page) == 9)
    }

    @Test func `What a module says never becomes markup`() throws {
        let page = try page("faults")
        #expect(page.contains("&lt;script&gt;alert(&#39;ä&#39;)&lt;/script&gt;"))
        #expect(!page.contains("<script>alert"))
        #expect(count("<script>", in: page) == 1)
        #expect(count("</script>", in: page) == 1)
    }

    @Test func `A hostile port name stays text`() throws {
        var timeline = try TraceTimeline(path: TraceOnDisk.recorded("faults"))
        timeline.origin.port = "\"><img src=x>"
        let page = TracePage(timeline: timeline, title: "</title><script>").html
        #expect(!page.contains("<img"))
        #expect(count("<script>", in: page) == 1)
    }

    @Test func `The page forbids itself to load anything`() throws {
        let page = try page("faults")
        #expect(page.contains("default-src 'none'"))
        for word in ["http:", "https:", "src=", "@import", "url("] { #expect(!page.contains(word)) }
    }

    @Test func `Rows stand by the time their first byte came`() throws {
        let timeline = try TraceOnDisk.timeline([
            #"{"n":0,"t":0,"x":1,"ev":"tx","d":"AT+X\r"}"#,
            #"{"n":1,"t":9,"ev":"line","d":"+URC\r\n","as":"urc","cuts":[[8,3],[9,3]]}"#,
            #"{"n":2,"t":7,"x":1,"ev":"line","d":"OK\r\n","as":"final","cuts":[[7,4]]}"#,
        ])
        #expect(LadderStep.steps(of: timeline).map(\.text) == ["AT+X", "OK", "+URC"])
        #expect(LadderStep.steps(of: timeline).map(\.at.nanoseconds) == [0, 7, 8])
    }
}
