// Reads cases from the standard input as JSON and writes what real programs make of each: Helm itself, and the steps with which Rancher Fleet and Argo CD
// fill in the variables of a site before Helm sees them. One process for all cases, since starting it takes longer than any of them.
package main

import (
	"encoding/json"
	"fmt"
	"os"
)

type testCase struct {
	// Set for a bundle of Rancher Fleet.
	Bundle  map[string]string `json:"bundle"`
	Cluster string            `json:"cluster"`
	// Set for a chart that gets values as text, as with an Application of Argo CD.
	Chart  map[string]string `json:"chart"`
	Values string            `json:"values"`
	// Set for any text with actions.
	Text  string         `json:"text"`
	Open  string         `json:"open"`
	Close string         `json:"close"`
	Data  map[string]any `json:"data"`
}

type result struct {
	Error string `json:"error,omitempty"`
	// What a template gave, read as YAML.
	Value any `json:"value,omitempty"`
	// What a cluster would get.
	Objects []any `json:"objects,omitempty"`
	// How the release is made.
	Release *release `json:"release,omitempty"`
}

func main() {
	var cases []testCase
	if err := json.NewDecoder(os.Stdin).Decode(&cases); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	results := make([]result, len(cases))
	for i, one := range cases {
		made, err := run(one)
		if err != nil {
			made = result{Error: err.Error()}
		}
		results[i] = made
	}
	if err := json.NewEncoder(os.Stdout).Encode(results); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(one testCase) (result, error) {
	if one.Bundle != nil {
		return deployBundle(one.Bundle, one.Cluster)
	}
	if one.Chart == nil {
		value, err := fill(one.Text, one.Open, one.Close, one.Data)
		return result{Value: value}, err
	}
	// The values of an ApplicationSet are a template of their own, and then a file of values.
	values, err := fill(one.Values, "{{", "}}", one.Data)
	if err != nil {
		return result{}, err
	}
	tree, _ := values.(map[string]any)
	objects, err := renderChart(one.Chart, release{Name: "release", Namespace: "default"}, tree, nil)
	return result{Value: values, Objects: objects}, err
}
