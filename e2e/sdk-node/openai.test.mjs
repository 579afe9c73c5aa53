// The official OpenAI SDK for Node, unchanged, against a running platform: EXAONE_BASE_URL, EXAONE_API_KEY and MODEL name it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import OpenAI from 'openai';

const client = new OpenAI({ baseURL: `${process.env.EXAONE_BASE_URL}/v1`, maxRetries: 0, timeout: 180_000 });
const model = process.env.MODEL;
const embeddingModel = process.env.EMBEDDING_MODEL;
const messages = [{ role: 'user', content: 'What is the weather in Seoul?' }];
const parameters = {
  type: 'object',
  properties: { city: { type: 'string', enum: ['Seoul', 'Busan'] } },
  required: ['city'],
  additionalProperties: false,
};

test('a chat is answered', async () => {
  const answer = await client.chat.completions.create({ model, messages, max_tokens: 16, temperature: 0 });
  assert.ok(answer.choices[0].message.content);
  assert.ok(answer.usage.completion_tokens <= 16);
});

test('a stream has its end and its usage', async () => {
  const stream = await client.chat.completions.create({
    model,
    messages,
    max_tokens: 16,
    temperature: 0,
    stream: true,
    stream_options: { include_usage: true },
  });
  let text = '';
  let last;
  for await (const chunk of stream) {
    text += chunk.choices[0]?.delta?.content ?? '';
    last = chunk;
  }
  assert.ok(text);
  assert.ok(last.usage.completion_tokens > 0);
});

test('a tool is called', async () => {
  const answer = await client.chat.completions.create({
    model,
    messages,
    max_tokens: 128,
    temperature: 0,
    tools: [{ type: 'function', function: { name: 'get_weather', parameters } }],
    tool_choice: 'required',
  });
  const call = answer.choices[0].message.tool_calls[0];
  assert.equal(call.function.name, 'get_weather');
  assert.ok(['Seoul', 'Busan'].includes(JSON.parse(call.function.arguments).city));
});

test('texts are embedded', async () => {
  const answer = await client.embeddings.create({ model: embeddingModel, input: ['one', 'two'] });
  assert.equal(answer.data.length, 2);
  assert.equal(answer.data[0].embedding.length, answer.data[1].embedding.length);
});

test('a response is answered, streamed, read and deleted', async () => {
  const response = await client.responses.create({ model, input: 'Say hello.', max_output_tokens: 16, temperature: 0 });
  assert.ok(response.output_text);
  assert.equal((await client.responses.retrieve(response.id)).output_text, response.output_text);
  await client.responses.delete(response.id);
  await assert.rejects(client.responses.retrieve(response.id), OpenAI.NotFoundError);

  let text = '';
  let last;
  const asked = { model, input: 'Say hello.', max_output_tokens: 16, temperature: 0, stream: true };
  const stream = await client.responses.create(asked);
  for await (const event of stream) {
    text += event.type === 'response.output_text.delta' ? event.delta : '';
    last = event;
  }
  assert.ok(['response.completed', 'response.incomplete'].includes(last.type));
  assert.equal(last.response.output[0].content[0].text, text);
});

test('failures have their classes', async () => {
  await assert.rejects(client.chat.completions.create({ model: 'no-such-model', messages }), OpenAI.NotFoundError);
  const stranger = new OpenAI({ baseURL: client.baseURL, apiKey: 'wrong', maxRetries: 0 });
  await assert.rejects(stranger.models.list(), OpenAI.AuthenticationError);
});
