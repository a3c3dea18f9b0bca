package main

import (
	"bytes"
	"text/template"

	"github.com/Masterminds/sprig/v3"
	"sigs.k8s.io/yaml"
)

// fill does what the hub of Rancher Fleet and the ApplicationSet controller of Argo CD both do with a text: Go's text/template with sprig, without what
// reaches outside, a missing key being an error; then YAML by way of JSON. Neither can be had as a module of a registry, so this stands for
// processTemplateValuesData of rancher/fleet, internal/cmd/controller/target/builder.go, and Render.Replace of argoproj/argo-cd, applicationset/utils.
func fill(text, open, close string, data any) (any, error) {
	filled, err := execute(text, open, close, data)
	if err != nil {
		return nil, err
	}
	var value any
	err = yaml.Unmarshal(filled, &value)
	return value, err
}

func execute(text, open, close string, data any) ([]byte, error) {
	functions := sprig.TxtFuncMap()
	for _, name := range []string{"env", "expandenv", "getHostByName"} {
		delete(functions, name)
	}
	parsed, err := template.New("text").Funcs(functions).Option("missingkey=error").Delims(open, close).Parse(text)
	if err != nil {
		return nil, err
	}
	var filled bytes.Buffer
	err = parsed.Execute(&filled, data)
	return filled.Bytes(), err
}
