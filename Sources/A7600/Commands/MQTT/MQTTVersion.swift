/// The protocol level a client speaks, as CMQTTCFG and ACCQ number it.
public enum MQTTVersion: Int, CaseIterable, Sendable {
    /// MQTT 3.1.
    case v31 = 3
    /// MQTT 3.1.1.
    case v311 = 4
}
