import Testing

@testable import ModemScripting

@Suite struct TopicFilterTests {
    /// From MQTT 3.1.1, 4.7.
    @Test(arguments: [
        ("sport/tennis/player1/#", "sport/tennis/player1", true),
        ("sport/tennis/player1/#", "sport/tennis/player1/score/wimbledon", true),
        ("#", "a/b", true), ("#", "$SYS/x", false), ("+/x", "$SYS/x", false), ("$SYS/#", "$SYS/x", true),
        ("sport/+", "sport", false), ("sport/+", "sport/", true), ("+/+", "/finance", true), ("/+", "/finance", true),
        ("+", "/finance", false), ("a/b", "a/b", true), ("a/b", "a/b/c", false), ("a/b/c", "a/b", false),
        ("$share/group/a/+", "a/b", true), ("A", "a", false),
    ])
    func matchesAsTheStandardSays(filter: String, topic: String, expected: Bool) {
        #expect(TopicFilter(Array(filter.utf8)).matches(Array(topic.utf8)) == expected)
    }
}
