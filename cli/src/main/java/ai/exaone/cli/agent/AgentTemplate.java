package ai.exaone.cli.agent;

/** The commented specification that a developer begins with. */
final class AgentTemplate {
    private static final String TEXT = """
            # An agent: instructions, a model and tools. Try it with `exaone agent dev`, publish it with `exaone agent deploy`.
            apiVersion: exaone.ai/v1
            kind: Agent

            # Callers use the model `agent/%1$s`.
            name: %1$s
            description: Answers questions in one or two sentences.

            # A model of the catalogue: `exaone model list-tenant` shows them.
            model: %2$s

            instructions: |
              You are a helpful assistant. Answer in one or two sentences.

            parameters:
              temperature: 0.2
              maxOutputTokens: 256

            # Tools the model may call. Secrets are named, never written here: `exaone secret set WEATHER_KEY`.
            # tools:
            #   - http:
            #       name: get_weather
            #       description: Current weather of a city.
            #       method: GET
            #       url: https://weather.example/v1/cities/{city}
            #       headers:
            #         Authorization: Bearer ${secret.WEATHER_KEY}
            #       parameters:
            #         type: object
            #         properties:
            #           city: {type: string, description: Name of the city}
            #         required: [city]
            #   - mcp:
            #       name: docs
            #       url: https://mcp.example/mcp
            #       allow: [search]

            # Where a run ends although it is not done.
            limits:
              steps: 10
              duration: 5m
            """;

    private AgentTemplate() {}

    static String of(String name, String model) {
        return TEXT.formatted(name, model);
    }
}
