package main

import (
	"bufio"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"sort"
	"strconv"

	audit "k8s.io/apiserver/pkg/apis/audit/v1"
)

const (
	keyBits      = 2048
	maxPorts     = 100
	maxEventSize = 1 << 20
)

func keys(arguments []string) error {
	if len(arguments) != 1 {
		return errors.New("expected FOLDER")
	}
	key, err := rsa.GenerateKey(rand.Reader, keyBits)
	if err != nil {
		return err
	}
	public, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
	if err != nil {
		return err
	}
	return errors.Join(
		write(filepath.Join(arguments[0], "sa.key"), "RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(key)),
		write(filepath.Join(arguments[0], "sa.pub"), "PUBLIC KEY", public))
}

func write(file, kind string, bytes []byte) error {
	return os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: bytes}), 0o600)
}

// All are held until the last is found, so that they differ.
func ports(arguments []string) error {
	if len(arguments) != 1 {
		return errors.New("expected COUNT")
	}
	count, err := strconv.Atoi(arguments[0])
	if err != nil || count < 1 || count > maxPorts {
		return fmt.Errorf("COUNT is %s; give 1 to %d", arguments[0], maxPorts)
	}
	for range count {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return err
		}
		defer listener.Close()
		fmt.Println(listener.Addr().(*net.TCPAddr).Port)
	}
	return nil
}

// One line per kind of call: how often, verb, group ("core" if none), resource or path, status.
func calls(arguments []string) error {
	if len(arguments) != 2 {
		return errors.New("expected LOG USER")
	}
	log, err := os.Open(arguments[0])
	if err != nil {
		return err
	}
	defer log.Close()
	counts := map[string]int{}
	lines := bufio.NewScanner(log)
	lines.Buffer(nil, maxEventSize)
	for lines.Scan() {
		var event audit.Event
		// The last line may be incomplete while the server runs.
		if json.Unmarshal(lines.Bytes(), &event) == nil && event.User.Username == arguments[1] {
			counts[call(&event)]++
		}
	}
	for _, line := range sorted(counts) {
		fmt.Println(counts[line], line)
	}
	return lines.Err()
}

func call(event *audit.Event) string {
	var status int32
	if event.ResponseStatus != nil {
		status = event.ResponseStatus.Code
	}
	if event.ObjectRef == nil {
		return fmt.Sprint(event.Verb, " - ", event.RequestURI, " ", status)
	}
	group, resource := event.ObjectRef.APIGroup, event.ObjectRef.Resource
	if group == "" {
		group = "core"
	}
	if event.ObjectRef.Subresource != "" {
		resource += "/" + event.ObjectRef.Subresource
	}
	return fmt.Sprint(event.Verb, " ", group, " ", resource, " ", status)
}

func sorted(counts map[string]int) []string {
	var names []string
	for name := range counts {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}
