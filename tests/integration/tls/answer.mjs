// The answer of the test's services in JavaScript, whole or up to the place that a script names.

export const body = 'the service is well\n'.repeat(100);

const answer = `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

// `script` has some of the words of scripted/server.cpp, always with "notify" at the end.
export function partOfAnswer(script) {
  if (script.includes('rest')) return answer;
  if (script.includes('half')) return answer.slice(0, -body.length / 2);
  return script.includes('start') ? answer.slice(0, answer.indexOf('Length')) : '';
}
