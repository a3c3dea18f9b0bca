// Command flux does to folders and objects what Flux' controllers do, without a cluster: one JSON document with many cases in, one with their results out.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"

	helmv2 "github.com/fluxcd/helm-controller/api/v2"
	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/fluxcd/pkg/kustomize"
	sourcev1 "github.com/fluxcd/source-controller/api/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	serializerjson "k8s.io/apimachinery/pkg/runtime/serializer/json"
	"k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/kustomize/api/resmap"
)

type input struct {
	// Folders to build, as kustomize-controller does.
	Builds []build `json:"builds"`
	// Objects to decode into the engine's own types; what they do not know is an error.
	Objects []json.RawMessage `json:"objects"`
}

type build struct {
	// Text by path.
	Files map[string]string `json:"files"`
	// Folder of the kustomization among them.
	Path string `json:"path"`
	// What variables stand for, of each site that has the folder. Without any nothing is substituted, as for a Kustomization without postBuild.
	Sites []map[string]string `json:"sites"`
}

type output struct {
	// Of each build, what each site gets.
	Builds [][]got `json:"builds"`
	// What is wrong with each object; empty where nothing is.
	Objects []string `json:"objects"`
}

type got struct {
	Objects []json.RawMessage `json:"objects,omitempty"`
	Error   string            `json:"error,omitempty"`
}

func main() {
	var in input
	if err := json.NewDecoder(os.Stdin).Decode(&in); err != nil {
		fail(err)
	}
	out := output{Builds: [][]got{}, Objects: []string{}}
	for _, one := range in.Builds {
		out.Builds = append(out.Builds, run(one))
	}
	decoder := strictDecoder()
	for _, object := range in.Objects {
		complaint := ""
		if _, _, err := decoder.Decode(object, nil, nil); err != nil {
			complaint = err.Error()
		}
		out.Objects = append(out.Objects, complaint)
	}
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(out); err != nil {
		fail(err)
	}
}

func run(one build) []got {
	root, err := os.MkdirTemp("", "edgecdk-flux")
	if err != nil {
		fail(err)
	}
	defer os.RemoveAll(root)
	for path, text := range one.Files {
		place := filepath.Join(root, path)
		if err := os.MkdirAll(filepath.Dir(place), 0o755); err != nil {
			fail(err)
		}
		if err := os.WriteFile(place, []byte(text), 0o644); err != nil {
			fail(err)
		}
	}
	built, err := resources(root, filepath.Join(root, one.Path))
	if err != nil {
		return []got{{Error: err.Error()}}
	}
	if len(one.Sites) == 0 {
		return []got{result(applied(built))}
	}
	var all []got
	for _, variables := range one.Sites {
		copied := built.DeepCopy()
		if err := substitute(copied, variables); err != nil {
			all = append(all, got{Error: err.Error()})
		} else {
			all = append(all, result(applied(copied)))
		}
	}
	return all
}

func result(objects []json.RawMessage, err error) got {
	if err != nil {
		return got{Error: err.Error()}
	}
	return got{Objects: objects}
}

// The order of kustomize-controller: generate, build, substitute in each object, print.
func resources(root, dir string) (resmap.ResMap, error) {
	if _, err := kustomize.NewGenerator(root, kustomization(nil)).WriteFile(dir); err != nil {
		return nil, err
	}
	return kustomize.SecureBuild(root, dir, false)
}

func substitute(built resmap.ResMap, variables map[string]string) error {
	for _, resource := range built.Resources() {
		changed, err := kustomize.SubstituteVariables(context.Background(), nil, kustomization(variables), resource,
			kustomize.SubstituteWithStrict(true), kustomize.SubstituteWithDryRun(true))
		if err != nil {
			return fmt.Errorf("%s %s: %w", resource.GetKind(), resource.GetName(), err)
		}
		if changed == nil {
			continue
		}
		if _, err := built.Replace(changed); err != nil {
			return err
		}
	}
	return nil
}

func kustomization(variables map[string]string) unstructured.Unstructured {
	texts := map[string]any{}
	for name, text := range variables {
		texts[name] = text
	}
	return unstructured.Unstructured{Object: map[string]any{
		"apiVersion": "kustomize.toolkit.fluxcd.io/v1",
		"kind":       "Kustomization",
		"metadata":   map[string]any{"name": "test", "namespace": "flux-system"},
		"spec":       map[string]any{"prune": true, "postBuild": map[string]any{"substitute": texts}},
	}}
}

func applied(built resmap.ResMap) ([]json.RawMessage, error) {
	// What is applied is printed, and read once more.
	printed, err := built.AsYaml()
	if err != nil {
		return nil, err
	}
	var objects []json.RawMessage
	for decoder := yaml.NewYAMLOrJSONDecoder(bytes.NewReader(printed), 2048); ; {
		object := &unstructured.Unstructured{}
		if err := decoder.Decode(object); err == io.EOF {
			return objects, nil
		} else if err != nil {
			return nil, err
		}
		text, err := object.MarshalJSON()
		if err != nil {
			return nil, err
		}
		objects = append(objects, text)
	}
}

func strictDecoder() runtime.Decoder {
	scheme := runtime.NewScheme()
	for _, add := range []func(*runtime.Scheme) error{
		corev1.AddToScheme, helmv2.AddToScheme, kustomizev1.AddToScheme, sourcev1.AddToScheme,
	} {
		if err := add(scheme); err != nil {
			fail(err)
		}
	}
	options := serializerjson.SerializerOptions{Strict: true}
	strict := serializerjson.NewSerializerWithOptions(serializerjson.DefaultMetaFactory, scheme, scheme, options)
	return strict
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
