package main

import (
	"fmt"
	"os"
	"path/filepath"

	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/pruning"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	"sigs.k8s.io/yaml"
)

// By `<apiVersion> <kind>`.
type definitions map[string]definition

type definition struct {
	structural *schema.Structural
	validator  validation.SchemaValidator
}

// readDefinitions takes the CustomResourceDefinitions of a folder, as an API server does.
func readDefinitions(folder string) (definitions, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*-crd.yaml"))
	if err != nil {
		return nil, err
	}
	found := definitions{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		var own apiextensionsv1.CustomResourceDefinition
		if err := yaml.Unmarshal(text, &own); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		for _, version := range own.Spec.Versions {
			one, err := definitionOf(version.Schema)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", file, err)
			}
			found[fmt.Sprintf("%s/%s %s", own.Spec.Group, version.Name, own.Spec.Names.Kind)] = one
		}
	}
	return found, nil
}

func definitionOf(own *apiextensionsv1.CustomResourceValidation) (definition, error) {
	var internal apiextensions.JSONSchemaProps
	if err := apiextensionsv1.Convert_v1_JSONSchemaProps_To_apiextensions_JSONSchemaProps(own.OpenAPIV3Schema, &internal, nil); err != nil {
		return definition{}, err
	}
	structural, err := schema.NewStructural(&internal)
	if err != nil {
		return definition{}, err
	}
	validator, _, err := validation.NewSchemaValidator(&internal)
	return definition{structural, validator}, err
}

// problems are fields that the API server would drop without a word, and values that it would refuse.
func (all definitions) problems(object map[string]any) []string {
	key := fmt.Sprintf("%v %v", object["apiVersion"], object["kind"])
	own, ok := all[key]
	if !ok {
		return []string{"no definition of " + key}
	}
	found := []string{}
	for _, problem := range validation.ValidateCustomResource(nil, object, own.validator) {
		found = append(found, problem.Error())
	}
	options := schema.UnknownFieldPathOptions{TrackUnknownFieldPaths: true}
	for _, path := range pruning.PruneWithOptions(object, own.structural, true, options) {
		found = append(found, path+": unknown")
	}
	return found
}
