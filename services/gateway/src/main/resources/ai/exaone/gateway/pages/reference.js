// Shows the document of this installation. A file of its own, because the content security policy allows no inline script.
SwaggerUIBundle({
  url: '/api/openapi.json',
  dom_id: '#reference',
  deepLinking: true,
  docExpansion: 'none',
  defaultModelsExpandDepth: 0,
  // Nothing leaves the site: no validator of others is asked.
  validatorUrl: null,
});
