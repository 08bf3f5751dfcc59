extension Transcript {
    static let dataEchoAndNoSubtopic = Transcript(
        "05_sim7670g_data_echo_subtopic_error",
        #"""
        # source: SIM7670G, terminal; Xinyuan-LilyGO/LilyGo-Modem-Series #197
        # module: SIM7670G, firmware B05 (B02 behaves alike). Data typed after the prompt is echoed; SUBTOPIC is unknown to this firmware.
        # fidelity: terminal (the command echo is not shown in the log)
        > AT+CSSLCFG="cacert",0,"ca_cert.pem"
        < OK
        > AT+CSSLCFG="sslversion",0,4
        < OK
        > AT+CMQTTSSLCFG=0,0
        < OK
        > AT+CSSLCFG="enableSNI",0,1
        < OK
        > AT+CSSLCFG="authmode",0,1
        < OK
        > AT+CMQTTREL=0
        < +CMQTTREL: 0,20
        <
        < ERROR
        > AT+CMQTTACCQ=0,"TSIM7670-2",1
        < OK
        > AT+CMQTTCFG="version",0,4
        < OK
        > AT+CMQTTCONNECT=0,"tcp://[redacted]"
        < OK
        <
        < +CMQTTCONNECT: 0,0
        > AT+CMQTTDISC?
        < +CMQTTDISC: 0,0
        < +CMQTTDISC: 1,1
        < OK
        > AT+CMQTTSUBTOPIC=0,21,0
        < ERROR
        > AT+CMQTTTOPIC=0,19
        < >
        > GsmMqttTest/publish
        < GsmMqttTest/publish
        <
        < OK
        > AT+CMQTTPAYLOAD=0,10
        < >
        > RunTime:14
        < RunTime:14
        <
        < OK
        > AT+CMQTTPUB=0,0,60,0,0
        < OK
        <
        < +CMQTTPUB: 0,0
        """#,
        meaning: #"""
            AT+CSSLCFG → OK
            AT+CSSLCFG → OK
            AT+CMQTTSSLCFG → OK
            AT+CSSLCFG → OK
            AT+CSSLCFG → OK
            AT+CMQTTREL → failed CMQTT 20
            AT+CMQTTACCQ → OK
            AT+CMQTTCFG → OK
            AT+CMQTTCONNECT taken
            AT+CMQTTCONNECT → +CMQTTCONNECT: 0,0 | OK
            AT+CMQTTDISC? → +CMQTTDISC: 0,0 | +CMQTTDISC: 1,1 | OK
            AT+CMQTTSUBTOPIC → failed ERROR
            AT+CMQTTTOPIC → OK
            AT+CMQTTPAYLOAD → OK
            AT+CMQTTPUB taken
            AT+CMQTTPUB → +CMQTTPUB: 0,0 | OK
            """#
    )
}
