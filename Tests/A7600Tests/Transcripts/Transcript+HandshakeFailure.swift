extension Transcript {
    static let handshakeFailure = Transcript(
        "06_sim7600g_tls_success_and_handshake_failure",
        #"""
        # source: SIM7600G, terminal, excerpt; Xinyuan-LilyGO/T-SIM7600X #100
        # module: SIM7600G (T-PCIE board); host names and token of the second part are masked
        # fidelity: terminal, excerpt
        # --- server authentication against broker.emqx.io: success ---
        < RDY
        <
        < +CPIN: READY
        <
        < SMS DONE
        <
        < PB DONE
        > AT+CMQTTSTART
        < +CMQTTSTART: 0
        <
        # OK of CMQTTSTART is missing in the paste
        > AT+CCERTDOWN="ca_cert.pem",1358
        < >
        # 1358 bytes of PEM
        < OK
        <
        > AT+CSSLCFG="sslversion",0,4
        < OK
        > AT+CSSLCFG="authmode",0,1
        < OK
        > AT+CSSLCFG="cacert",0,"ca_cert.pem"
        < OK
        > AT+CMQTTSSLCFG=0,0
        < OK
        > AT+CMQTTREL=0
        < OK
        > AT+CMQTTACCQ=0,"Sim7600_fa7d2288",1
        < OK
        > AT+CMQTTCONNECT=0,"tcp://broker.emqx.io:8883",60,1
        < OK
        <
        < +CMQTTCONNECT: 0,0
        # --- Azure IoT Hub: handshake failure ---
        < RDY
        <
        < +CPIN: READY
        <
        < SMS DONE
        <
        < PB DONE
        > AT+CSSLCFG="sslversion",0,4
        < OK
        > AT+CSSLCFG="authmode",0,1
        < OK
        > AT+CSSLCFG="ignorelocaltime", 0, 1
        < OK
        > AT+CSSLCFG="ciphersuites", 0, 0xFFFF
        < OK
        > AT+CSSLCFG="cacert",0,"my_cert.pem"
        < OK
        > AT+CSSLCFG="enableSNI", 0, 1
        < OK
        > AT+CMQTTSTART
        < +CMQTTSTART: 0
        <
        < OK
        > AT+CMQTTSSLCFG=0,0
        < OK
        > AT+CMQTTREL=0
        < OK
        > AT+CMQTTACCQ=0,"device_002",1
        < OK
        > AT+CMQTTCONNECT=0,"tcp://<my_broker>-devices.net:8883", 60, 1, "<my_broker>.azure-devices.net/device_002/?api-version=2021-04-12", "SharedAccessSignature sr=<masked>"
        < OK
        <
        < +CMQTTCONNECT: 0,32
        """#,
        meaning: #"""
            urc RDY
            restarted unexpectedly
            urc +CPIN: READY
            urc SMS DONE
            urc PB DONE
            AT+CMQTTSTART → +CMQTTSTART: 0 | OK
            AT+CCERTDOWN → OK
            AT+CSSLCFG → OK
            AT+CSSLCFG → OK
            AT+CSSLCFG → OK
            AT+CMQTTSSLCFG → OK
            AT+CMQTTREL → OK
            AT+CMQTTACCQ → OK
            AT+CMQTTCONNECT taken
            AT+CMQTTCONNECT → +CMQTTCONNECT: 0,0 | OK
            urc RDY
            restarted unexpectedly
            urc +CPIN: READY
            urc SMS DONE
            urc PB DONE
            AT+CSSLCFG → OK
            AT+CSSLCFG → OK
            AT+CSSLCFG → OK
            AT+CSSLCFG → OK
            AT+CSSLCFG → OK
            AT+CSSLCFG → OK
            AT+CMQTTSTART → +CMQTTSTART: 0 | OK
            AT+CMQTTSSLCFG → OK
            AT+CMQTTREL → OK
            AT+CMQTTACCQ → OK
            AT+CMQTTCONNECT taken
            AT+CMQTTCONNECT → failed CMQTT 32
            """#
    )
}
