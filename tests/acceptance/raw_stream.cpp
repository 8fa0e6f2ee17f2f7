#include "tests/acceptance/raw_stream.hpp"

#include <grpcpp/support/byte_buffer.h>

#include <vector>

namespace pf::test {

RawStream::RawStream(const std::shared_ptr<grpc::Channel>& channel, const std::string& path,
                     const CallOptions& options)
    : path_(path), on_stop_(options.stop, [this] { context_.TryCancel(); }) {
    for (const auto& [key, value] : options.metadata) context_.AddMetadata(key, value);
    if (options.deadline) {
        context_.set_deadline(std::chrono::system_clock::now() + *options.deadline);
    }
    grpc::GenericStub stub(channel);
    call_ = stub.PrepareCall(&context_, path_, &queue_);
    call_->StartCall(this);
    wait();
}

RawStream::~RawStream() {
    if (!status_) {
        cancel();
        finish();
    }
    queue_.Shutdown();
    void* tag = nullptr;
    bool ok = false;
    while (queue_.Next(&tag, &ok)) {
    }
}

bool RawStream::wait() {
    void* tag = nullptr;
    bool ok = false;
    return queue_.Next(&tag, &ok) && ok;
}

bool RawStream::send(std::string_view bytes) {
    const grpc::Slice slice(bytes.data(), bytes.size());
    call_->WriteLast(grpc::ByteBuffer(&slice, 1), grpc::WriteOptions(), this);
    return wait();
}

bool RawStream::read(std::string& bytes) {
    grpc::ByteBuffer buffer;
    call_->Read(&buffer, this);
    if (!wait()) return false;
    std::vector<grpc::Slice> slices;
    if (!buffer.Dump(&slices).ok()) return false;
    bytes.clear();
    bytes.reserve(buffer.Length());
    for (const grpc::Slice& slice : slices) {
        bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
    }
    return true;
}

CallStatus RawStream::finish() {
    if (!status_) {
        grpc::Status status;
        call_->Finish(&status, this);
        wait();
        status_ = CallStatus{static_cast<int>(status.error_code()), status.error_message()};
    }
    return *status_;
}

}  // namespace pf::test
