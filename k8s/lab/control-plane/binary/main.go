// Command kubelab is a Kubernetes control plane in one binary: the first argument says which part of it runs.
package main

import (
	"fmt"
	"os"
	"strings"

	etcd "go.etcd.io/etcd/server/v3/etcdmain"
	"k8s.io/cli-runtime/pkg/genericclioptions"
	"k8s.io/cli-runtime/pkg/genericiooptions"
	"k8s.io/client-go/rest"
	"k8s.io/component-base/cli"
	_ "k8s.io/component-base/logs/json/register"
	_ "k8s.io/component-base/metrics/prometheus/clientgo"
	_ "k8s.io/component-base/metrics/prometheus/version"
	"k8s.io/component-base/version"
	kubectl "k8s.io/kubectl/pkg/cmd"
	"k8s.io/kubectl/pkg/cmd/util"
	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
	controllers "k8s.io/kubernetes/cmd/kube-controller-manager/app"
	scheduler "k8s.io/kubernetes/cmd/kube-scheduler/app"
)

var parts = map[string]func(){
	"etcd":                    func() { etcd.Main(os.Args) },
	"kube-apiserver":          func() { os.Exit(cli.Run(apiserver.NewAPIServerCommand())) },
	"kube-controller-manager": func() { os.Exit(cli.Run(controllers.NewControllerManagerCommand())) },
	"kube-scheduler":          func() { os.Exit(cli.Run(scheduler.NewSchedulerCommand())) },
	"kubectl":                 runKubectl,
	"version":                 func() { fmt.Println(version.Get()) },
	"keys":                    func() { exit(keys(os.Args[1:])) },
	"ports":                   func() { exit(ports(os.Args[1:])) },
	"calls":                   func() { exit(calls(os.Args[1:])) },
}

// As the released kubectl, but without its limit of requests per second: the server is for it alone.
func runKubectl() {
	flags := genericclioptions.NewConfigFlags(true).WithDeprecatedPasswordFlag().WithWrapConfigFn(func(config *rest.Config) *rest.Config {
		config.QPS = -1
		return config
	})
	command := kubectl.NewDefaultKubectlCommandWithArgs(kubectl.KubectlOptions{
		PluginHandler: kubectl.NewDefaultPluginHandler(nil),
		Arguments:     os.Args,
		ConfigFlags:   flags,
		IOStreams:     genericiooptions.IOStreams{In: os.Stdin, Out: os.Stdout, ErrOut: os.Stderr},
	})
	if err := cli.RunNoErrOutput(command); err != nil {
		util.CheckErr(err)
	}
}

const usage = `kubelab etcd|kube-apiserver|kube-controller-manager|kube-scheduler|kubectl ARGUMENTS
kubelab version
kubelab keys FOLDER         writes the key pair that signs tokens of service accounts: sa.key, sa.pub
kubelab ports COUNT         prints ports of loopback that are free
kubelab calls LOG USER      prints what a user called, from an audit log: verb, group, resource, status
`

func main() {
	if len(os.Args) < 2 || parts[os.Args[1]] == nil {
		fmt.Fprint(os.Stderr, usage)
		os.Exit(2)
	}
	part := os.Args[1]
	os.Args = os.Args[1:]
	parts[part]()
}

func exit(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "kubelab "+strings.Join(os.Args, " ")+": "+err.Error())
		os.Exit(1)
	}
}
