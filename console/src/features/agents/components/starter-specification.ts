/** Where a new agent's specification begins: complete enough to run, commented enough to go on from. */
export function starterSpecification(name: string, model: string): string {
  return `apiVersion: exaone.ai/v1
kind: Agent
name: ${name}
description: Answers questions.
# A model of the catalogue, by the name that callers use.
model: ${model}
instructions: |
  You answer briefly and to the point.
parameters:
  temperature: 0.2
  maxOutputTokens: 512

# Tools are HTTP calls and HTTP MCP servers. A secret is used by its name.
# tools:
#   - http:
#       name: order
#       description: Looks up an order by its number.
#       method: GET
#       url: https://orders.example/v1/orders/{id}
#       headers:
#         Authorization: Bearer \${secret.ORDERS_TOKEN}
#       parameters:
#         type: object
#         properties:
#           id: {type: string}
#         required: [id]
#       timeout: 5s

# Where a run ends although it is not done.
limits:
  steps: 20
  duration: 10m
  tokens: 200000
`;
}
