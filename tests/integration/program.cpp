#include "tests/integration/program.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <stdexcept>

extern char** environ;

namespace pf::test {
namespace {

struct Pipe {
    std::array<int, 2> ends{-1, -1};
    Pipe() {
        if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
            throw std::runtime_error("no pipe");
        }
    }
    void close_writer() { ::close(ends[1]); }
};

// A pipe that holds `text`, which must fit into one, and then ends. Gives the end to read from.
int filled_pipe(const std::string& text) {
    Pipe pipe;
    const ssize_t written = ::write(pipe.ends[1], text.data(), text.size());
    ::close(pipe.ends[1]);
    if (written != static_cast<ssize_t>(text.size())) {
        throw std::runtime_error("the input does not fit into a pipe");
    }
    return pipe.ends[0];
}

pid_t spawn(const std::vector<std::string>& arguments, int in, int out, int err) {
    std::vector<std::string> words = {PF_PROGRAM};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> argv;
    for (std::string& word : words) {
        argv.push_back(word.data());
    }
    argv.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    if (in >= 0) {
        ::posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
    }
    if (out >= 0) {
        ::posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
    }
    ::posix_spawn_file_actions_adddup2(&actions, err, STDERR_FILENO);
    pid_t pid = -1;
    const int failed = ::posix_spawn(&pid, PF_PROGRAM, &actions, nullptr, argv.data(), environ);
    ::posix_spawn_file_actions_destroy(&actions);
    if (failed != 0) {
        throw std::runtime_error("cannot start " PF_PROGRAM);
    }
    return pid;
}

// Reads what comes; false at the end.
bool read_some(int fd, std::string& text) {
    std::array<char, 4096> block;
    const ssize_t got = ::read(fd, block.data(), block.size());
    if (got > 0) {
        text.append(block.data(), static_cast<std::size_t>(got));
    }
    return got > 0;
}

void read_all(int fd, std::string& text) {
    while (read_some(fd, text)) {
    }
    ::close(fd);
}

// False when it still runs; 0 as `flags` waits for its end.
bool wait_for(pid_t pid, Ended& ended, int flags = 0) {
    int status = 0;
    if (::waitpid(pid, &status, flags) == 0) {
        return false;
    }
    ended.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    ended.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    return true;
}

}  // namespace

Ended run_program(const std::vector<std::string>& arguments, const std::string& input) {
    Pipe out;
    Pipe err;
    const int in = filled_pipe(input);
    const pid_t pid = spawn(arguments, in, out.ends[1], err.ends[1]);
    ::close(in);
    out.close_writer();
    err.close_writer();
    Ended ended;
    std::thread reader([&] { read_all(err.ends[0], ended.err); });
    read_all(out.ends[0], ended.out);
    reader.join();
    wait_for(pid, ended);
    return ended;
}

RunningProgram::RunningProgram(const std::vector<std::string>& arguments) {
    Pipe err;
    pid_ = spawn(arguments, -1, -1, err.ends[1]);
    err.close_writer();
    reader_ = std::thread([this, from = err.ends[0]] {
        std::string more;
        while (read_some(from, more)) {
            const std::lock_guard lock(mutex_);
            text_ += more;
            more.clear();
        }
        ::close(from);
    });
}

std::string RunningProgram::err() const {
    const std::lock_guard lock(mutex_);
    return text_;
}

RunningProgram::~RunningProgram() {
    signal(SIGKILL);
    (void)wait();
}

void RunningProgram::signal(int number) const {
    if (!has_ended_) {
        ::kill(pid_, number);
    }
}

bool RunningProgram::has_ended() {
    has_ended_ = has_ended_ || wait_for(pid_, ended_, WNOHANG);
    return has_ended_;
}

Ended RunningProgram::wait() {
    if (!has_ended_) {
        has_ended_ = wait_for(pid_, ended_);
    }
    if (reader_.joinable()) {
        reader_.join();
    }
    ended_.err = err();
    return ended_;
}

ServeProcess::ServeProcess(const std::string& config_file) {
    Pipe err;
    pid_ =
        spawn({"serve", "--config", config_file, "--listen", "127.0.0.1:0"}, -1, -1, err.ends[1]);
    err.close_writer();
    err_ = err.ends[0];
    const bool is_ready = read_until_ready();
    reader_ = std::thread([this] { read_all(err_, text_); });
    if (!is_ready) {
        throw std::runtime_error("prismforet serve ended before it was ready:\n" + wait().err);
    }
}

// The line it writes then: "prismforet ready ROLE grpc://ADDRESS status=http://ADDRESS", the last
// only when it has a status port.
bool ServeProcess::read_until_ready() {
    const std::string mark = "prismforet ready ";
    const std::string address_mark = " grpc://";
    const std::string status_mark = " status=http://";
    do {
        const std::size_t line = text_.find(mark);
        const std::size_t at = line == text_.npos ? line : text_.find(address_mark, line);
        const std::size_t end = at == text_.npos ? at : text_.find('\n', at);
        if (end == text_.npos) {
            continue;
        }
        address_ = text_.substr(at + address_mark.size(), end - at - address_mark.size());
        if (const std::size_t status = address_.find(status_mark); status != address_.npos) {
            status_address_ = address_.substr(status + status_mark.size());
            address_.resize(status);
        }
        return true;
    } while (read_some(err_, text_));
    return false;
}

ServeProcess::~ServeProcess() {
    if (pid_ > 0) {
        ::kill(pid_, SIGKILL);
        (void)wait();
    }
}

void ServeProcess::terminate() const { ::kill(pid_, SIGTERM); }

Ended ServeProcess::wait() {
    reader_.join();
    Ended ended;
    wait_for(pid_, ended);
    pid_ = -1;
    ended.err = text_;
    return ended;
}

}  // namespace pf::test
