'use strict';

// Only this tab has the key, and no address contains it.
const KEY = 'afterlearner-key';
const keyForm = document.getElementById('key');
const typed = document.getElementById('typed');
const forget = document.getElementById('forget');
const table = document.getElementById('table');
const empty = document.getElementById('empty');
const rows = document.getElementById('studies');
const summary = document.getElementById('summary');

function get(path) {
  const key = sessionStorage.getItem(KEY);
  return fetch(path, { headers: key ? { Authorization: `Bearer ${key}` } : {}, credentials: 'omit' });
}

function askForKey(wanted) {
  const appears = wanted && keyForm.hidden;
  keyForm.hidden = !wanted;
  table.hidden = wanted;
  if (appears) {
    empty.hidden = true;
    rows.replaceChildren();
    typed.focus();
  }
  forget.hidden = wanted || !sessionStorage.getItem(KEY);
}

// A key that was refused is not kept.
function refuse(status, sent) {
  if (!sent) {
    summary.textContent = 'this service needs a key';
  } else {
    summary.textContent = status === 401 ? 'this key is not valid' : 'this key lacks the role viewer';
    if (sessionStorage.getItem(KEY) === sent) {
      sessionStorage.removeItem(KEY);
    }
  }
  askForKey(true);
}

keyForm.addEventListener('submit', event => {
  event.preventDefault();
  sessionStorage.setItem(KEY, typed.value.trim());
  typed.value = '';
  refresh();
});

forget.addEventListener('click', () => {
  sessionStorage.removeItem(KEY);
  refresh();
});

// A link cannot send the key, so what it points to is fetched with it and shown as text.
document.addEventListener('click', async event => {
  const link = event.target.closest('a[data-key]');
  if (!link || !sessionStorage.getItem(KEY)) {
    return;
  }
  event.preventDefault();
  const answer = await get(link.getAttribute('href'));
  const text = new Blob([await answer.text()], { type: 'text/plain;charset=utf-8' });
  const address = URL.createObjectURL(text);
  window.open(address, '_blank', 'noopener');
  setTimeout(() => URL.revokeObjectURL(address), 60000);
});

const number = value => value === null ? '–' : Number(value).toPrecision(5).replace(/\.?0+$/, '');

function cell(row, text, className) {
  const td = row.insertCell();
  td.className = className ?? '';
  td.textContent = text;
  return td;
}

function name(row, study) {
  const link = document.createElement('a');
  link.href = `/v1/studies/${encodeURIComponent(study.study)}`;
  link.textContent = study.study;
  link.dataset.key = '';
  cell(row, '').append(link);
}

function candidates(row, study) {
  const done = study.told + study.failed + study.expired;
  const bar = document.createElement('progress');
  bar.max = study.budget;
  bar.value = done;
  cell(row, '', 'candidates').append(bar, `${done} / ${study.budget}`);
}

function status(row, study) {
  const verdict = study.verdict ? `, ${study.verdict.outcome}` : '';
  const td = cell(row, study.status.toLowerCase() + verdict, study.status);
  td.title = study.explanation ?? '';
  if (study.reason) {
    const reason = document.createElement('span');
    reason.className = 'reason';
    reason.textContent = study.reason;
    td.append(reason);
  }
}

function change(row, study) {
  const known = study.loss !== null && study.baselineLoss;
  const percent = known ? 100 * (study.loss / study.baselineLoss - 1) : 0;
  cell(row, known ? `${percent.toFixed(1)} %` : '–', percent < 0 ? 'n better' : 'n');
}

function show(studies) {
  studies.sort((a, b) => b.createdAtMillis - a.createdAtMillis);
  rows.replaceChildren();
  for (const study of studies) {
    const row = rows.insertRow();
    name(row, study);
    status(row, study);
    candidates(row, study);
    cell(row, number(study.baselineLoss), 'n');
    cell(row, number(study.loss), 'n');
    change(row, study);
    cell(row, study.failed, study.failed ? 'n trouble' : 'n');
    cell(row, study.expired, study.expired ? 'n trouble' : 'n');
  }
  empty.hidden = studies.length > 0;
  const running = studies.filter(s => s.status === 'RUNNING').length;
  summary.textContent = `${studies.length} ${studies.length === 1 ? 'study' : 'studies'}, ${running} running`;
}

let next;

async function refresh() {
  clearTimeout(next);
  try {
    const sent = sessionStorage.getItem(KEY);
    const answer = await get('/v1/studies');
    const body = await answer.json();
    if (answer.status === 401 || (answer.status === 403 && sent)) {
      refuse(answer.status, sent);
      return;
    }
    askForKey(false);
    if (!answer.ok) {
      throw new Error(body.detail);
    }
    show(body);
  } catch (failure) {
    summary.textContent = `cannot load the studies: ${failure.message}`;
  }
  // Without a valid key there is nothing to look for until one is typed.
  next = keyForm.hidden ? setTimeout(refresh, 1000) : undefined;
}

refresh();
