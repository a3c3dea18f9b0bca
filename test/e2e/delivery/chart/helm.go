package main

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"sort"

	"helm.sh/helm/v4/pkg/action"
	"helm.sh/helm/v4/pkg/chart/loader/archive"
	"helm.sh/helm/v4/pkg/chart/v2/loader"
	"helm.sh/helm/v4/pkg/postrenderer"
	releasev1 "helm.sh/helm/v4/pkg/release/v1"
	documents "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"
)

// The agent of Rancher Fleet gets what Helm made before it is installed: Helm writes all of it anew for that, and the agent once more, from JSON. It stands
// for postRender of rancher/fleet, internal/helmdeployer, which adds labels in between.
type writtenAnew struct{}

func (writtenAnew) Run(rendered *bytes.Buffer) (*bytes.Buffer, error) {
	objects, err := objectsOf(rendered.Bytes())
	if err != nil {
		return nil, err
	}
	var written bytes.Buffer
	for _, object := range objects {
		text, err := yaml.Marshal(object)
		if err != nil {
			return nil, err
		}
		written.WriteString("---\n")
		written.Write(text)
	}
	return &written, nil
}

// renderChart installs a chart as Helm does, up to the point where it would ask a cluster.
func renderChart(files map[string]string, own release, values map[string]any, renderer postrenderer.PostRenderer) ([]any, error) {
	var buffered []*archive.BufferedFile
	for name, text := range files {
		buffered = append(buffered, &archive.BufferedFile{Name: name, Data: []byte(text)})
	}
	sort.Slice(buffered, func(i, j int) bool { return buffered[i].Name < buffered[j].Name })
	chart, err := loader.LoadFiles(buffered)
	if err != nil {
		return nil, err
	}
	install := action.NewInstall(action.NewConfiguration())
	install.DryRunStrategy = action.DryRunClient
	install.ReleaseName, install.Namespace = own.Name, own.Namespace
	install.PostRenderer = renderer
	made, err := install.Run(chart, values)
	if err != nil {
		return nil, err
	}
	installed, ok := made.(*releasev1.Release)
	if !ok {
		return nil, errors.New("no release of the expected kind")
	}
	return objectsOf([]byte(installed.Manifest))
}

func objectsOf(manifest []byte) ([]any, error) {
	reader := documents.NewYAMLReader(bufio.NewReader(bytes.NewReader(manifest)))
	objects := []any{}
	for {
		document, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return objects, nil
		}
		if err != nil {
			return nil, err
		}
		var object any
		if err := yaml.Unmarshal(document, &object); err != nil {
			return nil, err
		}
		if object != nil {
			objects = append(objects, object)
		}
	}
}
