/** A way to do the same in another language or tool. */
export interface SnippetVariant {
  readonly name: string;
  readonly text: string;
}

/** Calls of a chat model to paste, with the installation's real address. */
export function chatSnippets(publicUrl: string | undefined, model: string, question: string): SnippetVariant[] {
  const origin = (publicUrl || window.location.origin).replace(/\/$/, '');
  return [
    { name: 'curl', text: curl(origin, model, question) },
    { name: 'Python', text: python(origin, model, question) },
    { name: 'JavaScript', text: javaScript(origin, model, question) },
  ];
}

function curl(origin: string, model: string, question: string): string {
  const messages = JSON.stringify({ role: 'user', content: question });
  const body = `{\n  "model": ${JSON.stringify(model)},\n  "stream": true,\n  "messages": [\n    ${messages}\n  ]\n}`;
  // Within single quotes a shell takes everything as it is, but for the quote itself.
  const quoted = body.replaceAll("'", String.raw`'\''`);
  return [
    `curl -N ${origin}/v1/chat/completions \\`,
    '  -H "Authorization: Bearer $EXAONE_API_KEY" \\',
    "  -H 'Content-Type: application/json' \\",
    `  -d '${quoted}'`,
  ].join('\n');
}

function python(origin: string, model: string, question: string): string {
  return [
    'import os',
    'from openai import OpenAI',
    '',
    'client = OpenAI(',
    `    base_url="${origin}/v1",`,
    '    api_key=os.environ["EXAONE_API_KEY"],',
    ')',
    'answer = client.chat.completions.create(',
    `    model=${JSON.stringify(model)},`,
    '    messages=[',
    `        {"role": "user", "content": ${JSON.stringify(question)}},`,
    '    ],',
    ')',
    'print(answer.choices[0].message.content)',
  ].join('\n');
}

function javaScript(origin: string, model: string, question: string): string {
  return [
    "import OpenAI from 'openai';",
    '',
    'const client = new OpenAI({',
    `  baseURL: '${origin}/v1',`,
    '  apiKey: process.env.EXAONE_API_KEY,',
    '});',
    'const answer = await client.chat.completions.create({',
    `  model: ${JSON.stringify(model)},`,
    `  messages: [{ role: 'user', content: ${JSON.stringify(question)} }],`,
    '});',
    'console.log(answer.choices[0].message.content);',
  ].join('\n');
}
