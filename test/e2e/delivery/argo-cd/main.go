// Command argo-cd does to objects and folders what Argo CD's API server and its repo server do, without a cluster: one JSON document with many cases in, one
// with their results out.
package main

import (
	"encoding/json"
	"fmt"
	"os"
)

type input struct {
	// Folder with Argo CD's own definitions of objects.
	Definitions string `json:"definitions"`
	// Objects to hold against them.
	Objects []map[string]any `json:"objects"`
	// Folders to build with kustomize.
	Builds []build `json:"builds"`
}

type output struct {
	// What is wrong with each object; empty where nothing is.
	Objects [][]string `json:"objects"`
	Builds  []built    `json:"builds"`
}

func main() {
	var in input
	if err := json.NewDecoder(os.Stdin).Decode(&in); err != nil {
		fail(err)
	}
	out := output{Objects: [][]string{}, Builds: []built{}}
	definitions, err := readDefinitions(in.Definitions)
	if err != nil {
		fail(err)
	}
	for _, object := range in.Objects {
		out.Objects = append(out.Objects, definitions.problems(object))
	}
	for _, one := range in.Builds {
		out.Builds = append(out.Builds, kustomize(one))
	}
	if err := json.NewEncoder(os.Stdout).Encode(out); err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
